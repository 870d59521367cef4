// What lies on and around a map: names, legend and its place, maps that move together, and the way in for a page.
(function () {
  "use strict";
  var mirador = window.mirador, make = mirador.make, Atlas = mirador.Atlas;
  var NARROW = 560; // pixels: below this the legend lies under the map
  var COVERED = 0.2; // part of the map: a legend that would cover more lies under it

  // --- names on the map: the selected area, then those asked for, as long as they do not overlap ---------------------

  Atlas.prototype.names = function () {
    if (this.written) this.written.remove();
    var self = this, told = this.told, taken = [], marks = [], labels = told.labels || [];
    var chosen = this.selected ? this.shapes.order[this.selected] : undefined;
    if (chosen !== undefined) labels = [[this.selected, this.nameOf(chosen)]].concat(labels);
    var pen = document.createElement("canvas").getContext("2d"), look = getComputedStyle(this.box);
    pen.font = "600 " + look.fontSize + " " + look.fontFamily;
    var tall = parseFloat(look.fontSize) * 0.75, key = this.key;
    if (key && key.parentNode === this.box && !this.selected) { // no name half under the legend
      taken.push([key.offsetLeft, key.offsetTop, key.offsetLeft + key.offsetWidth, key.offsetTop + key.offsetHeight]);
    }
    labels.forEach(function (label) {
      var i = self.shapes.order[label[0]];
      if (i === undefined) return;
      var point = self.shapes.points[i];
      var at = self.map.latLngToContainerPoint([point[1], point[0]]);
      var half = pen.measureText(label[1]).width / 2 + 4;
      var box = [at.x - half, at.y - tall, at.x + half, at.y + tall];
      if (taken.some(function (t) { return box[0] < t[2] && box[2] > t[0] && box[1] < t[3] && box[3] > t[1]; })) return;
      taken.push(box);
      var icon = L.divIcon({ className: "atlas-name", html: make("span", "", label[1]), iconSize: [0, 0] });
      marks.push(L.marker([point[1], point[0]], { icon: icon, pane: "names", interactive: false, keyboard: false }));
    });
    this.written = L.layerGroup(marks).addTo(this.map);
  };

  // --- legend -------------------------------------------------------------------------------------------------------

  Atlas.prototype.legend = function () {
    if (this.key) this.key.remove();
    this.key = mirador.legend(this.told);
    L.DomEvent.disableClickPropagation(this.key);
    L.DomEvent.disableScrollPropagation(this.key);
    this.layout();
  };

  // Wide: in a corner of the map, or under it where it is large. Narrow: under it; where the page gives the height, the
  // map gives up some of it.
  Atlas.prototype.layout = function () {
    if (!this.key) return;
    var root = this.box.parentNode;
    var narrow = this.config.under || root.clientWidth < NARROW, under = narrow;
    if (!narrow) {
      this.key.classList.remove("atlas-under");
      if (this.key.parentNode !== this.box) this.box.appendChild(this.key);
      under = this.key.offsetWidth * this.key.offsetHeight > COVERED * this.box.clientWidth * this.box.clientHeight;
    }
    this.key.classList.toggle("atlas-under", under);
    var place = under ? root : this.box;
    if (this.key.parentNode !== place) place.insertBefore(this.key, under ? this.box.nextSibling : null);
    var right = !under && this.told.legend.side === "right";
    this.key.classList.toggle("atlas-right", right);
    this.scale.setPosition(right ? "bottomleft" : "bottomright");
    if (!under && !this.told.zoom_to_selected) this.makeWay(right);
    this.given = this.given || this.box.style.height || (this.config.fluid ? "" : this.box.clientHeight + "px");
    if (this.config.fluid || !this.config.shrink) return;
    var wanted = narrow ? Math.max(220, parseFloat(this.given) - this.key.offsetHeight - 4) + "px" : this.given;
    if (this.box.style.height !== wanted) {
      this.box.style.height = wanted;
      this.map.invalidateSize({ animate: false });
      this.frame();
    }
  };

  Atlas.prototype.resized = function () {
    var width = this.box.clientWidth;
    if (!width || width === this.lastWidth) return;
    var first = this.lastWidth === undefined;
    this.lastWidth = width;
    if (first) return;
    this.map.invalidateSize({ animate: false });
    this.frame();
    this.layout();
  };

  // --- maps that move together: same place, same scale, same area under the pointer ------------------------------------

  var linked = [];

  Atlas.prototype.twins = function (tell) {
    var self = this;
    if (!this.config.link) return;
    linked.forEach(function (other) { if (other !== self && other.config.link === self.config.link && other.shapes && other.told) tell(other); });
  };

  Atlas.prototype.join = function () {
    var self = this;
    if (!this.config.link) return;
    linked.push(this);
    this.map.on("move", function () {
      if (self.led) return;
      self.twins(function (twin) {
        twin.led = true;
        twin.map.setView(self.map.getCenter(), self.map.getZoom(), { animate: false });
        twin.led = false;
      });
    });
  };

  Atlas.prototype.remove = function () {
    linked = linked.filter(function (other) { return other !== this; }, this);
    if (this.watch) this.watch.disconnect();
    this.map.remove();
  };

  // --- for a page with one map: mirador.atlas(map, config) makes it, mirador.paint(told) colours it, in either order ----

  var current = null, waiting = null;

  mirador.atlas = function (map, config) {
    config.shrink = true;
    current = new Atlas(map, config);
    if (waiting) current.paint(waiting);
    return current;
  };

  mirador.paint = function (told) {
    waiting = told;
    if (current) current.paint(told);
  };
})();
