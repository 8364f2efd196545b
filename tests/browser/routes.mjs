// Every page that a person can open, one line each: the route of server/src/http.rs, an address of it, and the size
// that it is made for. `everywhere.test.mjs` walks all of them in every language at every size. CODE is the live
// session's; what begins otherwise may be a function of the hall.

/** Routes that a person can open. */
export const PAGES = [
  ['/', '/', 'phone'],
  ['/help', '/help', 'phone'],
  ['/programme', '/programme', 'phone'],
  ['/comfort', '/comfort?to=/programme', 'phone'],
  ['/offline', '/offline', 'phone'],
  ['/door', '/door', 'wall'],
  ['/look', '/look', 'tablet'],
  ['/look/words', '/look/words?section=audience', 'tablet'],
  ['/hall', '/hall', 'tablet'],
  ['/organizer', '/organizer', 'tablet'],
  ['/organizer/reading', '/organizer/reading', 'tablet'],
  ['/papers', '/papers', 'phone'],
  ['/papers/call', '/papers/call', 'phone'],
  ['/papers/booklet', '/papers/booklet', 'phone'],
  ['/papers/table', '/papers/table', 'tablet'],
  ['/safeguarding', '/safeguarding', 'tablet'],
  ['/s/{code}', '/s/CODE', 'phone'],
  ['/s/{code}/help', '/s/CODE/help', 'phone'],
  ['/s/{code}/console', '/s/CODE/console', 'tablet'],
  ['/s/{code}/desk', '/s/CODE/desk', 'tablet'],
  ['/s/{code}/screen', '/s/CODE/screen', 'wall'],
  ['/s/{code}/stage', '/s/CODE/stage', 'wall'],
  ['nothing here', '/nothing-here', 'phone'],
]

/** Routes that lead somewhere else, or answer to programs. */
export const NO_PAGES = [
  '/j/{code}',
  '/lang/{tag}',
  '/theme/{theme}',
  '/digits/{family}',
  '/words/{register}',
  '/p/{secret}',
  '/a/{secret}',
  '/s/{code}/feed',
  '/s/{code}/part/{name}',
  '/api/openapi.json',
  // Of one paper: tests/browser/papers.test.mjs opens them.
  '/papers/{paper}',
  '/papers/{paper}/write',
  '/papers/{paper}/read',
  '/papers/{paper}/versions',
  '/papers/{paper}/feed',
  '/papers/{paper}/files/{id}',
  '/papers/{paper}/pages/{id}/{page}',
  '/sw.js',
  '/start.js',
  '/clock',
  '/healthz',
  '/readyz',
]
