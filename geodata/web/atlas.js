// Draws a map of areas in levels on Leaflet, from shapes loaded once and a small "paint" sent at every change.
// Words arrive ready and are only ever set as text, never as HTML. Nothing is fetched but the two files of shapes.
(function () {
  "use strict";

  var NARROW = 560; // pixels: below this the legend lies under the map
  var WIDEST = 250; // pixels: zooming in ends when small areas (the smallest twentieth) are this wide
  var BORDERS_FROM = 15; // pixels: areas at least this wide (median) show their borders

  // A row of few different texts comes as the texts and one of these letters per area.
  var ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

  // mirador.atlas(map, config) makes the map; mirador.paint(paint) colours it, now or as soon as the shapes are here.
  // config: {areas, borders: address or GeoJSON, bounds: [left, bottom, right, top], fonts: {weight: address}}
// areas carries `points`, one [lon, lat] inside each area, in the order of its features.
  var current = null;
  var waiting = null;

  function atlas(map, config) {
    current = new Atlas(map, config);
    if (waiting) current.paint(waiting);
    return current;
  }

  function paint(told) {
    waiting = told;
    if (current) current.paint(told);
  }

  function Atlas(map, config) {
    this.map = map;
    this.config = config;
    this.box = map.getContainer();
    this.height = this.box.clientHeight;
    this.layers = [];
    this.told = null;
    this.selected = null;
    this.showsBorders = null;
    this.box.classList.add("atlas");
    map.attributionControl && map.attributionControl.remove();
    loadFonts(config.fonts || {});
    makePanes(this);
    this.scale = L.control.scale({ imperial: false, position: "bottomright", maxWidth: 120 }).addTo(map);
    this.frame();
    this.load();
    var self = this;
    map.on("zoomend", function () { self.zoomed(); });
    window.addEventListener("resize", function () { self.layout(); });
    politeWheel(map);
  }

  function loadFonts(fonts) {
    Object.keys(fonts).forEach(function (weight) {
      var face = new FontFace("Source Sans Pro", "url(" + fonts[weight] + ")", { weight: weight });
      face.load().then(function () { document.fonts.add(face); }, function () {}); // the system's font then
    });
  }

  function makePanes(self) {
    ["lines", "marks", "names"].forEach(function (name, i) {
      var pane = self.map.createPane(name);
      pane.style.zIndex = 410 + 10 * i;
      pane.style.pointerEvents = "none"; // a canvas above the areas would swallow their clicks
    });
    self.areaRenderer = L.canvas({ padding: 0.3 });
    self.lineRenderer = L.canvas({ padding: 0.3, pane: "lines" });
    self.markRenderer = L.svg({ padding: 0.3, pane: "marks" });
    self.tip = L.tooltip({ className: "atlas-tip", offset: [12, 0], direction: "auto", opacity: 1 });
  }

  // The wheel zooms only after the map was pressed, so that a page can be scrolled past it.
  function politeWheel(map) {
    var box = map.getContainer();
    map.scrollWheelZoom.disable();
    box.addEventListener("pointerdown", function () { map.scrollWheelZoom.enable(); });
    box.addEventListener("mouseleave", function () { map.scrollWheelZoom.disable(); });
  }

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

  Atlas.prototype.load = function () {
    var self = this;
    Promise.all([get(this.config.areas), get(this.config.borders)]).then(function (got) {
      self.build(got[0], got[1]);
    }).catch(function (why) {
      self.box.classList.add("atlas-failed");
      console.error("mirador: shapes not loaded", why);
    });
  };

  function get(source) {
    if (typeof source !== "string") return Promise.resolve(source);
    return fetch(source).then(function (answer) {
      if (!answer.ok) throw new Error(answer.status + " " + source);
      return answer.json();
    });
  }

  Atlas.prototype.build = function (areas, borders) {
    var self = this;
    this.points = areas.points;
    var widths = [];
    areas.features.forEach(function (feature, i) {
      var layer = L.GeoJSON.geometryToLayer(feature, { renderer: self.areaRenderer, smoothFactor: 0.6, weight: 0 });
      layer.options.renderer = self.areaRenderer;
      layer.order = i;
      layer.code = feature.properties.area_code;
      layer.on("click", function (e) { self.clicked(layer, e); });
      layer.on("mouseover", function (e) { self.entered(layer, e); });
      layer.on("mousemove", function (e) { self.tip.setLatLng(e.latlng); });
      layer.on("mouseout", function () { self.left(); });
      var b = layer.getBounds();
      widths.push(Math.sqrt((b.getEast() - b.getWest()) * (b.getNorth() - b.getSouth())));
      self.layers.push(layer);
    });
    widths.sort(function (a, b) { return a - b; });
    this.width = widths[Math.floor(widths.length / 2)] || 0;
    var small = widths[Math.floor(widths.length / 20)] || 1;
    this.map.setMaxZoom(Math.max(this.map.getZoom() + 2, Math.log2(WIDEST * 360 / (256 * small))));
    this.byCode = {};
    this.layers.forEach(function (layer) { self.byCode[layer.code] = layer; });
    this.lines = L.geoJSON(borders, {
      renderer: this.lineRenderer, interactive: false, smoothFactor: 0.6, style: { weight: 1, opacity: 0.9 },
    });
    this.group = L.layerGroup(this.layers);
    if (this.told) this.paint(this.told);
  };

  // --- painting ----------------------------------------------------------------------------------------------

  Atlas.prototype.paint = function (told) {
    this.told = told;
    themed(this.box, told.palette);
    this.legend();
    if (!this.group) return;
    var first = !this.map.hasLayer(this.group);
    if (told.kind === "circles" || this.circles) this.drawCircles();
    this.fills = fills(told);
    this.showsBorders = this.wantsBorders();
    this.restyle();
    if (first) {
      this.group.addTo(this.map);
      this.lines.addTo(this.map);
      this.box.setAttribute("data-drawn", "yes");
    }
    this.select(told.selected || null);
    this.names();
    this.box.setAttribute("data-paint", told.id || "");
  };

  Atlas.prototype.restyle = function () {
    var told = this.told, fillOf = this.fills, borders = this.showsBorders;
    var circles = told.kind === "circles";
    // among area borders those of the parent units need more weight to be seen
    this.lines.setStyle({ color: borders ? told.palette.ink : told.palette.parent_line, weight: borders ? 1.6 : 1 });
    this.layers.forEach(function (layer) {
      var mark = told.levels.charAt(layer.order) || "0";
      var doubt = told.uncertain && told.uncertain.charAt(layer.order) === "1";
      var plain = circles ? told.palette.land : mark === "0" ? told.palette.no_data : told.palette.levels[mark - 1];
      layer.setStyle({
        fillColor: circles ? plain : fillOf[(doubt ? "u" : "") + mark],
        fillOpacity: 1,
        // without borders each area is outlined in its own colour, which closes the seams between neighbours
        color: borders ? told.palette.area_line : plain,
        weight: borders ? 0.8 : 0.6,
        opacity: 1,
      });
    });
  };

  // What fills an area of each mark: "0" no data (hatched), "1".."5" a colour, "u1".. the same with dots.
  function fills(told) {
    var made = { "0": hatch(told.palette.no_data, told.palette.no_data_line) };
    made.u0 = made["0"];
    told.palette.levels.forEach(function (colour, i) {
      made[String(i + 1)] = colour;
      made["u" + (i + 1)] = dots(colour);
    });
    return made;
  }

  function tile(size, draw) {
    var canvas = document.createElement("canvas");
    canvas.width = canvas.height = size;
    var pen = canvas.getContext("2d");
    draw(pen, size);
    return pen.createPattern(canvas, "repeat");
  }

  function hatch(ground, line) {
    return tile(6, function (pen, n) {
      pen.fillStyle = ground;
      pen.fillRect(0, 0, n, n);
      pen.strokeStyle = line;
      pen.lineWidth = 1.2;
      pen.beginPath();
      [-n, 0, n].forEach(function (x) { pen.moveTo(x - 1, n + 1); pen.lineTo(x + n + 1, -1); });
      pen.stroke();
    });
  }

  function dots(ground) {
    return tile(7, function (pen, n) {
      pen.fillStyle = ground;
      pen.fillRect(0, 0, n, n);
      pen.fillStyle = "rgba(255,255,255,0.85)";
      pen.beginPath();
      pen.arc(n / 2, n / 2, 1.1, 0, 7);
      pen.fill();
    });
  }

  function themed(box, palette) {
    Object.keys(palette).forEach(function (name) {
      if (typeof palette[name] === "string") {
        document.documentElement.style.setProperty("--atlas-" + name.replace(/_/g, "-"), palette[name]);
      }
    });
    box.style.background = palette.paper;
  }

  Atlas.prototype.wantsBorders = function () {
    return this.width * 256 * Math.pow(2, this.map.getZoom()) / 360 >= BORDERS_FROM;
  };

  Atlas.prototype.zoomed = function () {
    if (!this.told || !this.fills) return;
    var wants = this.wantsBorders();
    if (wants !== this.showsBorders) {
      this.showsBorders = wants;
      this.restyle();
    }
    this.names();
  };

  // --- circles: surface in proportion to a number, largest behind -----------------------------------------------

  Atlas.prototype.drawCircles = function () {
    var told = this.told, self = this;
    if (this.circles) { this.circles.remove(); this.circles = null; }
    if (told.kind !== "circles") return;
    var most = Math.max.apply(null, told.sizes.concat([1]));
    var order = told.sizes.map(function (size, i) { return i; }).filter(function (i) { return told.sizes[i] > 0; });
    order.sort(function (a, b) { return told.sizes[b] - told.sizes[a]; });
    this.circles = L.layerGroup(order.map(function (i) {
      var mark = told.levels.charAt(i);
      var point = self.points[i];
      return L.circleMarker([point[1], point[0]], {
        pane: "marks", renderer: self.circleRenderer || (self.circleRenderer = L.canvas({ padding: 0.3, pane: "marks" })),
        interactive: false, radius: Math.max(1, told.most_radius * Math.sqrt(told.sizes[i] / most)),
        fillColor: mark === "0" ? told.palette.no_data : told.palette.levels[mark - 1], fillOpacity: 0.9,
        color: told.palette.ink, opacity: 0.45, weight: 0.6,
      });
    })).addTo(this.map);
  };

  // --- selection and pointing -------------------------------------------------------------------------------------

  Atlas.prototype.select = function (code) {
    this.selected = code;
    if (this.chosen) this.chosen.remove();
    this.chosen = null;
    var layer = code && this.byCode[code];
    if (!layer) return;
    this.chosen = L.featureGroup([
      outline(this, layer, this.told.palette.paper, 5), outline(this, layer, this.told.palette.accent, 2.5),
    ]).addTo(this.map);
    if (this.told.zoom_to_selected) {
      this.map.fitBounds(layer.getBounds().pad(1.5), { maxZoom: this.map.getZoom() + 4, animate: false });
    }
  };

  function outline(self, layer, colour, weight) {
    return L.polygon(layer.getLatLngs(), {
      pane: "marks", renderer: self.markRenderer, interactive: false, fill: false, color: colour, weight: weight,
      opacity: 1, smoothFactor: 0.6, className: weight === 2.5 ? "atlas-selected" : "",
    });
  }

  Atlas.prototype.clicked = function (layer) {
    this.select(layer.code);
    report(layer.code);
  };

  // st_folium sends what lies in its own store; the time makes a second click on one area a new value.
  function report(code) {
    var store = window.__GLOBAL_DATA__;
    if (store && window.Streamlit) {
      var value = code + "\t" + Date.now();
      store.last_object_clicked_tooltip = value;
      store.previous_data = { last_object_clicked_tooltip: value };
      window.Streamlit.setComponentValue(store.previous_data);
    }
  }

  Atlas.prototype.entered = function (layer, e) {
    if (!this.told) return;
    if (this.pointed) this.pointed.remove();
    this.pointed = outline(this, layer, this.told.palette.ink, 1.5).addTo(this.map);
    this.tip.setContent(this.card(layer.order)).setLatLng(e.latlng);
    this.map.openTooltip(this.tip);
  };

  Atlas.prototype.left = function () {
    if (this.pointed) this.pointed.remove();
    this.pointed = null;
    this.map.closeTooltip(this.tip);
  };

  // Texts of all areas travel as one, parted by "|", and are parted when first needed.
  function unpacked(holder, name) {
    if (typeof holder[name] === "string") holder[name] = holder[name].split("|");
    return holder[name];
  }

  Atlas.prototype.card = function (i) {
    var told = this.told;
    var card = make("div");
    card.appendChild(make("strong", "", unpacked(told, "names")[i] || this.layers[i].code));
    told.rows.forEach(function (row) {
      var texts = unpacked(row, "texts");
      var text = row.at ? texts[ALPHABET.indexOf(row.at.charAt(i))] : texts[i];
      if (!text) return;
      var line = make("div", "atlas-tip-row");
      line.appendChild(make("span", "", row.label));
      line.appendChild(make("b", "", text));
      card.appendChild(line);
    });
    return card;
  };

  // --- names on the map: those asked for, in order, as long as they do not overlap -----------------------------------

  Atlas.prototype.names = function () {
    if (this.written) this.written.remove();
    var told = this.told, self = this, taken = [];
    var pen = document.createElement("canvas").getContext("2d");
    pen.font = "600 12px " + getComputedStyle(this.box).fontFamily;
    var marks = [];
    (told.labels || []).forEach(function (label) {
      var layer = self.byCode[label[0]];
      if (!layer) return;
      var point = self.points[layer.order];
      var at = self.map.latLngToContainerPoint([point[1], point[0]]);
      var half = pen.measureText(label[1]).width / 2 + 4;
      var box = [at.x - half, at.y - 9, at.x + half, at.y + 9];
      var clash = taken.some(function (t) { return box[0] < t[2] && box[2] > t[0] && box[1] < t[3] && box[3] > t[1]; });
      if (clash) return;
      taken.push(box);
      var icon = L.divIcon({ className: "atlas-name", html: make("span", "", label[1]), iconSize: [0, 0] });
      marks.push(L.marker([point[1], point[0]], { icon: icon, pane: "names", interactive: false, keyboard: false }));
    });
    this.written = L.layerGroup(marks).addTo(this.map);
  };

  // --- legend ---------------------------------------------------------------------------------------------------

  Atlas.prototype.legend = function () {
    if (this.key) this.key.remove();
    var told = this.told.legend;
    this.key = make("section", "atlas-legend");
    this.key.setAttribute("aria-label", told.title);
    this.key.appendChild(make("h2", "", told.title));
    if (told.subtitle) this.key.appendChild(make("p", "", told.subtitle));
    var table = make("table");
    var palette = this.told.palette;
    told.entries.forEach(function (entry) {
      var row = make("tr");
      var swatch = make("i", "atlas-swatch" + (entry.kind === "level" ? "" : " atlas-" + entry.kind));
      if (entry.kind === "level") swatch.style.background = palette.levels[entry.level - 1];
      var first = make("td");
      first.appendChild(swatch);
      row.appendChild(first);
      row.appendChild(make("th", "", entry.label));
      row.appendChild(make("td", "atlas-range", entry.range));
      row.appendChild(make("td", "atlas-note", entry.note));
      table.appendChild(row);
    });
    this.key.appendChild(table);
    if (told.note) this.key.appendChild(make("p", "", told.note));
    L.DomEvent.disableClickPropagation(this.key);
    L.DomEvent.disableScrollPropagation(this.key);
    this.layout();
  };

  // Wide: in a corner of the map. Narrow: under it, and the map gives up the height.
  Atlas.prototype.layout = function () {
    if (!this.key) return;
    var narrow = document.documentElement.clientWidth < NARROW;
    this.key.classList.toggle("atlas-under", narrow);
    var place = narrow ? this.box.parentNode : this.box;
    if (this.key.parentNode !== place) place.insertBefore(this.key, narrow ? this.box.nextSibling : null);
    var right = !narrow && this.told.legend.side === "right";
    this.key.classList.toggle("atlas-right", right);
    this.scale.setPosition(right ? "bottomleft" : "bottomright");
    if (!narrow && !this.told.zoom_to_selected) this.makeWay(right);
    var wanted = narrow ? Math.max(220, this.height - this.key.offsetHeight - 4) + "px" : this.config.height || this.height + "px";
    if (this.box.style.height !== wanted && !this.config.fluid) {
      this.box.style.height = wanted;
      this.map.invalidateSize({ animate: false });
      this.frame();
    }
  };

  function make(tag, className, text) {
    var made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined && text !== null) made.textContent = text;
    return made;
  }

  window.mirador = { atlas: atlas, paint: paint };
})();
