// Ways to an area without a pointer: find it by name, walk from area to area with the arrows, buttons for what is in view.
// Everything that is pointed at or chosen is also said to a screen reader.
(function () {
  "use strict";
  var mirador = window.mirador, make = mirador.make;
  var MOST = 8; // names offered at once
  var DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  // atlas: the map. bar: element above it for the search and the buttons; full: it has them. words: {find, placeholder, none, whole, unit, help}
  function Reach(atlas, bar, full, words, id) {
    this.atlas = atlas;
    this.words = words;
    this.id = id;
    atlas.reach = this;
    this.said = make("div", "atlas-said");
    this.said.setAttribute("role", "status");
    bar.parentNode.appendChild(this.said);
    this.full = full;
    if (full) {
      this.search(bar);
      this.buttons(bar);
    }
    this.keys();
  }

  function plain(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }

  // --- find by name ---------------------------------------------------------------------------------------------

  Reach.prototype.search = function (bar) {
    var self = this, field = make("div", "atlas-find");
    var label = make("label", "", this.words.find);
    var input = (this.input = make("input")), list = (this.list = make("ul"));
    input.id = this.id + "-find";
    label.htmlFor = input.id;
    list.id = this.id + "-found";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", this.words.find);
    var told = { type: "text", autocomplete: "off", spellcheck: "false", placeholder: this.words.placeholder, role: "combobox",
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
    Object.keys(told).forEach(function (name) { input.setAttribute(name, told[name]); });
    input.addEventListener("focus", function () { input.select(); self.atlas.known(); });
    input.addEventListener("input", function () { self.offer(); });
    input.addEventListener("keydown", function (e) { self.inList(e); });
    input.addEventListener("blur", function () { setTimeout(function () { self.close(); }, 150); });
    list.addEventListener("pointerdown", function (e) {
      var item = e.target.closest("[data-area]");
      e.preventDefault();
      if (item) self.take(+item.dataset.area);
    });
    [label, input, list].forEach(function (part) { field.appendChild(part); });
    bar.appendChild(field);
  };

  Reach.prototype.offer = function () {
    var asked = plain(this.input.value.trim()), known = this.atlas.known(), list = this.list, self = this;
    list.textContent = "";
    this.at = -1;
    this.waiting = !!asked && !known;
    if (!asked || !known) return this.close();
    this.plain = this.plain && this.plain.of === known ? this.plain : { of: known, names: known.names.map(plain) };
    var begins = [], holds = [];
    this.plain.names.forEach(function (name, i) {
      var at = name.indexOf(asked);
      if (at === 0 || self.atlas.shapes.codes[i] === asked) begins.push(i);
      else if (at > 0) holds.push(i);
    });
    var by = function (a, b) { return self.plain.names[a] < self.plain.names[b] ? -1 : 1; };
    var found = begins.sort(by).concat(holds.sort(by)).slice(0, MOST);
    found.forEach(function (i, n) {
      var item = make("li", "", known.names[i]);
      item.id = self.id + "-found-" + n;
      item.dataset.area = i;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.appendChild(make("small", "", known.units[known.unit ? known.unit[i] : -1] || ""));
      list.appendChild(item);
    });
    if (!found.length) list.appendChild(make("li", "atlas-none", this.words.none)).setAttribute("role", "option");
    list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    if (found.length) this.mark(0);
    else this.said.textContent = this.words.none;
  };

  Reach.prototype.mark = function (n) {
    var items = this.list.querySelectorAll("[data-area]");
    if (!items.length) return;
    this.at = (n + items.length) % items.length;
    for (var i = 0; i < items.length; i++) items[i].setAttribute("aria-selected", String(i === this.at));
    this.input.setAttribute("aria-activedescendant", items[this.at].id);
  };

  Reach.prototype.inList = function (e) {
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      if (this.list.hidden) this.offer();
      else this.mark(this.at + (e.key === "ArrowDown" ? 1 : -1));
      e.preventDefault();
    } else if (e.key === "Enter") {
      var item = this.list.querySelectorAll("[data-area]")[this.at];
      if (item) this.take(+item.dataset.area);
      e.preventDefault();
    } else if (e.key === "Escape") {
      this.close();
    }
    e.stopPropagation();
  };

  Reach.prototype.close = function () {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  };

  Reach.prototype.take = function (i) {
    this.close();
    this.atlas.click(i);
    this.atlas.zoomTo([i]);
  };

  // --- buttons: the whole country, the parent unit ---------------------------------------------------------------------

  Reach.prototype.buttons = function (bar) {
    var self = this;
    function button(text, act) {
      var made = make("button", "atlas-button", text);
      made.type = "button";
      made.addEventListener("click", act);
      bar.appendChild(made);
      return made;
    }
    this.unit = button(this.words.unit, function () { self.toUnit(); });
    this.whole = button(this.words.whole, function () { self.atlas.whole(); });
    this.unit.hidden = true;
  };

  Reach.prototype.toUnit = function () {
    var atlas = this.atlas, known = atlas.known(), i = atlas.shapes.order[atlas.selected];
    if (!known || !known.unit || i === undefined) return;
    var list = [];
    known.unit.forEach(function (unit, j) { if (unit === known.unit[i]) list.push(j); });
    atlas.zoomTo(list, true);
  };

  Reach.prototype.painted = function () {
    if (!this.started) {
      this.started = true;
      var self = this; // texts are needed at the first touch: fetch them once the map stands
      setTimeout(function () { self.atlas.known(); }, 50);
    } else this.atlas.known();
  };

  Reach.prototype.known = function () {
    if (this.waiting && this.input.matches(":focus")) return this.offer(); // asked before the names were here
    this.waiting = false;
    this.selected(this.atlas.selected ? this.atlas.shapes.order[this.atlas.selected] : -1);
  };

  Reach.prototype.selected = function (i) {
    if (!this.full) return;
    var known = i >= 0 ? this.atlas.known() : null;
    this.unit.hidden = !(known && known.unit && known.unit[i] >= 0);
    if (!this.waiting && (!this.input.matches(":focus") || i >= 0)) this.input.value = i >= 0 && known ? known.names[i] : "";
  };

  // --- keys: arrows walk to the neighbour, Enter chooses, + and − zoom, Escape leaves ---------------------------------------

  Reach.prototype.keys = function () {
    var self = this, atlas = this.atlas, box = atlas.box;
    box.tabIndex = 0;
    box.setAttribute("role", "application");
    box.setAttribute("aria-label", this.words.help);
    box.addEventListener("keydown", function (e) {
      if (e.target !== box || e.ctrlKey || e.metaKey || e.altKey || !atlas.shapes) return;
      if (DIRECTIONS[e.key] && e.shiftKey) atlas.map.panBy(L.point(DIRECTIONS[e.key]).multiplyBy(80));
      else if (DIRECTIONS[e.key]) self.walk(DIRECTIONS[e.key]);
      else if ((e.key === "Enter" || e.key === " ") && atlas.pointed >= 0 && atlas.pointed !== null) atlas.click(atlas.pointed);
      else if (e.key === "+" || e.key === "=") atlas.map.zoomIn(1);
      else if (e.key === "-") atlas.map.zoomOut(1);
      else if (e.key === "0") atlas.whole();
      else if (e.key === "Escape") atlas.point(-1);
      else return;
      e.preventDefault();
    });
    box.addEventListener("blur", function () { atlas.point(-1); });
  };

  // The nearest area in a direction: distance, and twice what lies aside of it.
  Reach.prototype.walk = function (way) {
    var atlas = this.atlas, points = atlas.shapes.points, best = -1, least = Infinity;
    var from = atlas.pointed >= 0 && atlas.pointed !== null ? atlas.pointed : atlas.shapes.order[atlas.selected];
    if (from === undefined) {
      var b = atlas.map.getBounds().getCenter();
      best = nearest(points, b.lng, b.lat);
    } else {
      var here = flat(points[from]);
      points.forEach(function (point, i) {
        if (i === from) return;
        var there = flat(point), dx = there[0] - here[0], dy = there[1] - here[1];
        var along = dx * way[0] + dy * way[1], aside = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
        if (along <= 0 || aside > 2 * along) return;
        var far = along + 2 * aside;
        if (far < least) { least = far; best = i; }
      });
    }
    if (best < 0) return;
    var p = points[best];
    if (!atlas.map.getBounds().pad(-0.05).contains([p[1], p[0]])) atlas.map.panTo([p[1], p[0]], { animate: false });
    atlas.point(best);
    var text = [];
    atlas.card(best).childNodes.forEach(function (part) {
      text.push(Array.prototype.map.call(part.childNodes, function (child) { return child.textContent; }).join(" "));
    });
    this.said.textContent = text.join(". ");
  };

  function flat(point) {
    return [point[0] / 360, mirador.mercatorY(point[1])];
  }

  function nearest(points, x, y) {
    var best = -1, least = Infinity;
    points.forEach(function (p, i) {
      var d = (p[0] - x) * (p[0] - x) + (p[1] - y) * (p[1] - y);
      if (d < least) { least = d; best = i; }
    });
    return best;
  }

  mirador.Reach = Reach;
})();
