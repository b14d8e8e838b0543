"use strict";
// The page builds everything from text nodes; the policy makes the browser hold us to it.  Leaflet asks for innerHTML in the
// three fixed forms below and nowhere else that this page uses; any other markup from a string is refused with an error.
document.documentElement.classList.add("has-script");
if (window.trustedTypes) {
  const known = [/^<svg\/>$/, /^<v:shape adj="1"\/>$/, /^\d+ (km|m)$/];
  window.trustedTypes.createPolicy("default", {
    createHTML: (markup) => (known.some((form) => form.test(markup)) ? markup : null),
  });
}
