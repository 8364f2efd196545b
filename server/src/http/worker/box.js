// A tablet goes from hand to hand: what somebody chose or typed is not on the page any more when it is left, so that the
// browser's way back cannot show it. Without this script the page is never stored, and most browsers keep nothing.

addEventListener('pagehide', () => document.querySelector('main').replaceChildren())
addEventListener('pageshow', (shown) => shown.persisted && location.replace(location.pathname.replace(/\/polls\/.*/, '/box')))
