// A tablet goes from hand to hand: what somebody chose or typed is cleared from the page before it may enter the
// back/forward cache. Without this script the page is no-store, and most browsers keep nothing.

addEventListener('pagehide', () => document.querySelector('main').replaceChildren())
addEventListener('pageshow', (shown) => shown.persisted && location.replace(location.pathname.replace(/\/polls\/.*/, '/box')))
