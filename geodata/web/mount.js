// Puts a map into a page of Streamlit, and keeps it there while the page runs again and again.
(function () {
  "use strict";
  var mirador = window.mirador, make = mirador.make;

  // root: element with .atlas-bar, .atlas-box and .atlas-fallback. data: {place, map, paint, words, link, height, bar}
  mirador.mount = function (root, data, report) {
    var own = root.mirador;
    if (own && own.place !== data.place) { mirador.unmount(root); own = null; }
    if (!own) own = begin(root, data);
    own.report = report;
    own.atlas.paint(data.paint);
    return own.atlas;
  };

  mirador.unmount = function (root) {
    if (!root.mirador) return;
    root.mirador.atlas.remove();
    root.mirador.bar.textContent = "";
    root.mirador.box.remove();
    root.querySelectorAll(".atlas-legend, .atlas-said").forEach(function (part) { part.remove(); });
    root.mirador = null;
  };

  function begin(root, data) {
    var bar = root.querySelector(".atlas-bar"), fallback = root.querySelector(".atlas-fallback"), words = data.words;
    var box = make("div", "atlas-box");
    box.style.height = data.height;
    bar.insertAdjacentElement("afterend", box);
    root.setAttribute("data-state", "loading");
    var own = (root.mirador = { place: data.place, bar: bar, box: box, report: null });
    var map = L.map(box, {
      zoomSnap: 0.25, zoomDelta: 1, attributionControl: false, zoomControl: false, keyboard: false, zoomAnimation: !data.link,
      fadeAnimation: false, maxBoundsViscosity: 0.6,
    });
    L.control.zoom({ zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out }).addTo(map);
    own.atlas = new mirador.Atlas(map, {
      areas: data.map.areas, borders: data.map.borders, bounds: data.map.bounds, link: data.link, under: !!data.link,
      report: function (code) { own.report(code); },
      failed: function () { root.setAttribute("data-state", "failed"); },
    });
    own.atlas.whenDrawn = function () {
      root.setAttribute("data-state", "drawn");
      fallback.hidden = true;
    };
    box.appendChild(north(words.north));
    new mirador.Reach(own.atlas, bar, data.bar, words, "atlas-" + data.place.replace(/[^A-Za-z0-9_-]/g, ""));
    own.atlas.join();
    return own;
  }

  function north(words) {
    var made = make("div", "atlas-north", "N");
    made.setAttribute("role", "img");
    made.setAttribute("aria-label", words);
    return made;
  }
})();
