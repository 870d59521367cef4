// A map of areas on Leaflet, from shapes loaded once and a small "paint" sent at every change.
// Words arrive ready and are only ever set as text, never as HTML. Nothing is fetched but shapes and texts, from where
// the page itself came; tiles only where the reader asked for them.
(function () {
  "use strict";
  var mirador = (window.mirador = window.mirador || {});
  var make = mirador.make;

  var WIDEST = 250; // pixels: zooming in ends when small areas (the smallest twentieth) are this wide
  var BORDERS_FROM = 15; // pixels: areas at least this wide (median) show their borders
  var REACH = 6; // pixels: a touch beside an area chooses the nearest within this distance
  var ECHO = 5000; // milliseconds: an older answer of the server does not undo a newer click

  // config: {areas, borders: address, promise of GeoJSON or GeoJSON; bounds: [left, bottom, right, top]; fonts: {weight: address};
  //          fluid: the page gives the height; under: the legend lies under the map; report: function of a code}
  function Atlas(map, config) {
    this.map = map;
    this.config = config;
    this.box = map.getContainer();
    this.told = this.selected = this.pointed = null;
    this.box.classList.add("atlas");
    if (map.attributionControl) map.attributionControl.remove();
    loadFonts(config.fonts || {});
    this.panes();
    this.scale = L.control.scale({ imperial: false, position: "bottomright", maxWidth: 120 }).addTo(map);
    this.frame();
    this.listen();
    this.load();
  }

  function loadFonts(fonts) {
    Object.keys(fonts).forEach(function (weight) {
      var face = new FontFace("Source Sans Pro", "url(" + fonts[weight] + ")", { weight: weight });
      face.load().then(function () { document.fonts.add(face); }, function () {}); // the system's font then
    });
  }

  Atlas.prototype.panes = function () {
    var self = this;
    ["marks", "names"].forEach(function (name, i) {
      var pane = self.map.createPane(name);
      pane.style.zIndex = 420 + 10 * i;
      pane.style.pointerEvents = "none";
    });
    this.marks = L.svg({ padding: 0.25, pane: "marks" });
    this.tip = L.tooltip({ className: "atlas-tip", offset: [14, 0], direction: "auto", opacity: 1, interactive: false });
  };

  Atlas.prototype.frame = function () {
    var b = this.config.bounds;
    var all = L.latLngBounds([b[1], b[0]], [b[3], b[2]]);
    var options = this.map.options, snap = options.zoomSnap;
    options.minZoom = 0;
    options.zoomSnap = 0; // the country fills the frame exactly
    this.map.fitBounds(all, { animate: false, padding: [10, 10] });
    options.zoomSnap = snap;
    this.map.setMinZoom(Math.max(0, this.map.getZoom() - 1));
    this.map.setMaxBounds(all.pad(0.6));
    this.aside = false;
  };

  // A country narrower than the frame makes way for the legend, once: where the reader moves it later, it stays.
  Atlas.prototype.makeWay = function (right) {
    if (this.aside) return;
    this.aside = true;
    var b = this.config.bounds;
    var west = this.map.latLngToContainerPoint([b[1], b[0]]).x, east = this.map.latLngToContainerPoint([b[1], b[2]]).x;
    var shift = Math.min((this.box.clientWidth - (east - west)) / 2 - 10, this.key.offsetWidth);
    if (shift > 0) this.map.panBy([right ? shift : -shift, 0], { animate: false });
  };

  Atlas.prototype.whole = function () {
    this.frame();
    this.layout();
  };

  Atlas.prototype.load = function () {
    var self = this;
    Promise.all([mirador.get(this.config.areas), mirador.get(this.config.borders)]).then(function (got) {
      self.build(got[0], got[1]);
    }).catch(function (why) { self.failed(why); });
  };

  Atlas.prototype.failed = function (why) {
    this.box.setAttribute("data-failed", "yes");
    if (this.config.failed) this.config.failed();
    console.error("mirador: the map cannot be drawn", why);
  };

  mirador.get = function (source) {
    if (typeof source !== "string") return Promise.resolve(source);
    return fetch(source).then(function (answer) {
      if (!answer.ok) throw new Error(answer.status + " " + source);
      return answer.json();
    });
  };

  Atlas.prototype.build = function (areas, borders) {
    var self = this;
    this.shapes = new mirador.Shapes(areas);
    this.lines = linesOf(borders);
    var widths = this.shapes.widths();
    this.width = widths[Math.floor(widths.length / 2)] || 0;
    var small = widths[Math.floor(widths.length / 20)] || widths[widths.length - 1] || 1;
    this.map.setMaxZoom(Math.max(this.map.getZoom() + 2, Math.min(22, Math.log2(WIDEST / (256 * small)))));
    this.canvas = mirador.canvas(function (pen, view) { self.draw(pen, view); });
    if (this.told) this.paint(this.told);
  };

  function linesOf(borders) {
    var geometry = borders.type === "Feature" ? borders.geometry : borders;
    var lines = geometry.type === "LineString" ? [geometry.coordinates] : geometry.coordinates || [];
    return lines.map(function (line) {
      var flat = new Float64Array(2 * line.length);
      line.forEach(function (point, i) {
        flat[2 * i] = point[0] / 360 + 0.5;
        flat[2 * i + 1] = mirador.mercatorY(point[1]);
      });
      return flat;
    });
  }

  // --- painting ------------------------------------------------------------------------------------------------

  Atlas.prototype.paint = function (told) {
    var drawn = this.box.getAttribute("data-drawn") && this.told;
    if (drawn && told.id && told.id === drawn.id && JSON.stringify(told.tiles) === JSON.stringify(drawn.tiles)) {
      drawn.selected = told.selected;
      return this.select(told.selected || null, true); // nothing else is new: no need to draw a country again
    }
    this.told = told;
    themed(this.box.parentNode, told.palette);
    this.box.style.background = told.palette.paper;
    this.legend();
    if (!this.shapes) return;
    told.radii = told.kind === "circles" ? mirador.radii(told) : [];
    this.groups = mirador.fills(told, this.shapes.codes.length);
    this.texts = null;
    if (this.map.hasLayer(this.canvas)) this.canvas.redraw();
    else this.canvas.addTo(this.map);
    this.tiles(told.tiles);
    this.select(told.selected || null, true);
    this.box.setAttribute("data-paint", told.id || "");
    this.box.setAttribute("data-drawn", "yes");
    if (this.whenDrawn) this.whenDrawn();
    if (this.reach) this.reach.painted();
  };

  Atlas.prototype.draw = function (pen, view) {
    var told = this.told, borders = this.width * view.scale >= BORDERS_FROM;
    mirador.drawAreas(pen, view, this.shapes, told, this.groups, { borders: borders, veil: told.tiles ? 0.72 : 1 });
    // among area borders those of the parent units need more weight to be seen
    mirador.drawLines(pen, view, this.lines, borders ? told.palette.ink : told.palette.parent_line, borders ? 1.6 : 0.9);
    var circles = told.kind === "circles" ? mirador.drawCircles(pen, view, this.shapes, told) : [];
    this.circles = circles.map(function (c) { return [(c[0] + view.ox) / view.scale, (c[1] + view.oy) / view.scale, c[2], c[3]]; });
  };

  // tiles: {url, credit} where the reader asked for a background from the internet, else nothing
  Atlas.prototype.tiles = function (tiles) {
    if (this.ground && (!tiles || this.ground._url !== tiles.url)) { this.ground.remove(); this.ground = null; }
    if (this.credit && !tiles) { this.credit.remove(); this.credit = null; }
    if (!tiles || this.ground) return;
    this.ground = L.tileLayer(tiles.url, { maxZoom: 22, maxNativeZoom: 19 }).addTo(this.map);
    this.credit = make("p", "atlas-credit", tiles.credit);
    this.box.appendChild(this.credit);
  };

  function themed(root, palette) {
    Object.keys(palette).forEach(function (name) {
      if (typeof palette[name] === "string") root.style.setProperty("--atlas-" + name.replace(/_/g, "-"), palette[name]);
    });
  }

  // --- pointing and selecting -------------------------------------------------------------------------------------

  Atlas.prototype.listen = function () {
    var self = this, map = this.map, box = this.box, at = null;
    map.on("zoomend moveend", function () { if (self.told && self.shapes) self.names(); });
    // pointer events know parts of a pixel, clicks do not: in a whole country an area may be two pixels wide
    ["pointerdown", "pointerup"].forEach(function (kind) {
      box.addEventListener(kind, function (e) { at = e; });
    });
    map.on("click", function (e) {
      var i = self.under(at || e.originalEvent);
      if (i >= 0) self.click(i);
    });
    box.addEventListener("pointermove", function (e) {
      if (e.pointerType === "touch") return;
      if (e.buttons || (e.target.closest && e.target.closest(".leaflet-control, .atlas-legend"))) return self.point(-1);
      self.point(self.under(e), e);
    });
    box.addEventListener("pointerleave", function () { self.point(-1); });
    // the wheel zooms only after the map was pressed, so that a page can be scrolled past it
    map.scrollWheelZoom.disable();
    box.addEventListener("pointerdown", function () { map.scrollWheelZoom.enable(); });
    box.addEventListener("mouseleave", function () { map.scrollWheelZoom.disable(); });
    if (window.ResizeObserver) {
      this.watch = new ResizeObserver(function () { self.resized(); });
      this.watch.observe(box.parentNode);
    }
  };

  // Index of the area at an event: of the smallest circle there, else of the shape itself; −1 where there is none.
  Atlas.prototype.under = function (e) {
    if (!this.shapes || !this.told) return -1;
    var frame = this.box.getBoundingClientRect();
    var point = L.point(e.clientX - frame.left - this.box.clientLeft, e.clientY - frame.top - this.box.clientTop);
    var world = 256 * Math.pow(2, this.map.getZoom());
    var layer = this.map.containerPointToLayerPoint(point).add(this.map.getPixelOrigin());
    var x = layer.x / world, y = layer.y / world;
    for (var n = this.circles.length - 1; n >= 0; n--) {
      var c = this.circles[n], dx = (c[0] - x) * world, dy = (c[1] - y) * world;
      if (dx * dx + dy * dy <= c[2] * c[2]) return c[3];
    }
    return this.shapes.at(x, y, REACH / world);
  };

  // Where the inside point of an area is drawn, in pixels of the page, with parts.
  Atlas.prototype.whereIs = function (code) {
    var p = this.shapes.points[this.shapes.order[code]], frame = this.box.getBoundingClientRect();
    var world = 256 * Math.pow(2, this.map.getZoom()), origin = this.map.getPixelOrigin();
    var at = this.map.layerPointToContainerPoint([(p[0] / 360 + 0.5) * world - origin.x, mirador.mercatorY(p[1]) * world - origin.y]);
    return [frame.left + at.x, frame.top + at.y];
  };

  Atlas.prototype.point = function (i, e, quiet) {
    if (i !== this.pointed) {
      this.pointed = i;
      if (this.hover) this.hover.remove();
      this.hover = i < 0 ? null : this.outline(i, this.told.palette.ink, 1.5, "atlas-pointed").addTo(this.map);
      this.box.style.cursor = i < 0 ? "" : "pointer";
      if (i < 0) this.map.closeTooltip(this.tip);
      else if (!quiet) this.tip.setContent(this.card(i));
      if (!quiet) this.twins(function (twin) { twin.point(i, null, true); });
    }
    if (i >= 0 && !quiet) {
      var p = this.shapes.points[i], place = e ? this.map.mouseEventToLatLng(e) : L.latLng(p[1], p[0]);
      var high = this.map.latLngToContainerPoint(place).y / this.box.clientHeight;
      this.tip.options.direction = high > 0.6 ? "top" : high < 0.25 ? "bottom" : "auto"; // never cut off by the frame
      this.tip.options.offset = L.point(high > 0.6 || high < 0.25 ? [0, high > 0.6 ? -10 : 14] : [14, 0]);
      this.tip.setLatLng(place);
      if (!this.map.hasLayer(this.tip)) this.map.openTooltip(this.tip);
    }
  };

  Atlas.prototype.click = function (i) {
    var code = this.shapes.codes[i];
    this.waiting = { code: code, since: Date.now() };
    this.select(code);
    this.twins(function (twin) { twin.waiting = { code: code, since: Date.now() }; twin.select(code); });
    if (this.config.report) this.config.report(code);
  };

  // told: the selection comes with a paint, which may be older than the last click
  Atlas.prototype.select = function (code, told) {
    if (told && this.waiting) {
      if (code !== this.waiting.code && Date.now() - this.waiting.since < ECHO) return;
      this.waiting = null;
    }
    var moved = this.selected !== code;
    this.selected = code;
    if (this.chosen) this.chosen.remove();
    this.chosen = null;
    var i = code ? this.shapes.order[code] : undefined;
    if (i !== undefined) {
      this.chosen = L.featureGroup([
        this.outline(i, this.told.palette.paper, 5, ""), this.outline(i, this.told.palette.accent, 2.5, "atlas-selected"),
      ]).addTo(this.map);
      if (this.told.zoom_to_selected && moved) this.zoomTo([i]);
    }
    this.names();
    if (this.reach) this.reach.selected(i === undefined ? -1 : i);
  };

  Atlas.prototype.zoomTo = function (list, near) {
    var all = L.latLngBounds([]), self = this;
    list.forEach(function (i) { all.extend(L.geoJSON(self.shapes.features[i]).getBounds()); });
    if (all.isValid()) this.map.fitBounds(all.pad(near ? 0.05 : 1.5), { animate: false });
  };

  Atlas.prototype.outline = function (i, colour, weight, name) {
    return L.geoJSON(this.shapes.features[i], {
      pane: "marks", renderer: this.marks, interactive: false,
      style: { fill: false, color: colour, weight: weight, opacity: 1, smoothFactor: 0.6, className: name },
    });
  };

  // --- texts of areas: inside the paint, or in files that are fetched when first needed ---------------------------------

  // Gives {names, rows: [[label, texts]], unit: parent of each area} at once where they are here, else null.
  Atlas.prototype.known = function () {
    var told = this.told, self = this;
    if (this.texts || !told) return this.texts;
    if (typeof told.names === "string") return (this.texts = mirador.read([told]));
    if (!told.texts || this.asked === told) return null;
    this.asked = told;
    Promise.all(told.texts.map(function (address) { return mirador.kept(address); })).then(function (files) {
      if (self.told !== told) return;
      self.texts = mirador.read(files);
      self.asked = null;
      if (self.pointed >= 0 && self.pointed !== null) self.tip.setContent(self.card(self.pointed));
      self.names();
      if (self.reach) self.reach.known();
    }).catch(function () { self.asked = null; });
    return null;
  };

  var files = {};
  mirador.kept = function (address) {
    return files[address] || (files[address] = mirador.get(address).catch(function (why) { delete files[address]; throw why; }));
  };

  mirador.read = function (files) {
    var found = { names: [], rows: [], unit: null, units: [] };
    files.forEach(function (file) {
      if (typeof file.names === "string") found.names = file.names.split("|");
      if (file.unit) { found.unit = file.unit; found.units = file.units.split("|"); }
      (file.rows || []).forEach(function (row) {
        var texts = row.texts.split("|");
        found.rows.push([row.label, function (i) { return row.at ? texts[mirador.ALPHABET.indexOf(row.at.charAt(i))] : texts[i]; }]);
      });
    });
    return found;
  };

  Atlas.prototype.nameOf = function (i) {
    var known = this.known();
    return (known && known.names[i]) || this.shapes.codes[i];
  };

  Atlas.prototype.card = function (i) {
    var card = make("div"), known = this.known();
    card.appendChild(make("strong", "", this.nameOf(i)));
    (known ? known.rows : []).forEach(function (row) {
      var text = row[1](i);
      if (!text) return;
      var line = make("div", "atlas-tip-row");
      line.appendChild(make("span", "", row[0]));
      line.appendChild(make("b", "", text));
      card.appendChild(line);
    });
    return card;
  };

  mirador.Atlas = Atlas;
})();
