// Keeps the shapes of areas as flat numbers; draws them on one canvas and says which area lies at a point.
// Points are rounded so that both neighbours of a border round alike: no sliver opens between them.
(function () {
  "use strict";
  var mirador = (window.mirador = window.mirador || {});

  var CURVES = Math.PI / 180;
  var GRID = 4; // steps of a pixel to which points are rounded: equal for both neighbours of a border

  function mercatorY(lat) {
    var sine = Math.sin(Math.max(-85.0511287798, Math.min(85.0511287798, lat)) * CURVES);
    return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  }

  // Shapes of a GeoJSON of polygons: coordinates x, y from 0 to 1 over the world, as in Web Mercator.
  // Area i has the rings area[i] .. area[i + 1] − 1; ring r the points ring[r] .. ring[r + 1] − 1.
  function Shapes(collection) {
    var features = collection.features, points = 0, rings = 0;
    this.features = features;
    this.points = collection.points;
    this.codes = features.map(function (feature) { return feature.properties.area_code; });
    var all = features.map(function (feature) { return ringsOf(feature.geometry); });
    all.forEach(function (list) { rings += list.length; list.forEach(function (ring) { points += ring.length; }); });
    this.x = new Float64Array(points);
    this.y = new Float64Array(points);
    this.ring = new Int32Array(rings + 1);
    this.area = new Int32Array(features.length + 1);
    this.box = new Float64Array(4 * features.length); // left, top, right, bottom
    this.fill(all);
    this.order = {};
    for (var i = 0; i < this.codes.length; i++) this.order[this.codes[i]] = i;
  }

  function ringsOf(geometry) {
    if (!geometry) return [];
    var parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.type === "MultiPolygon" ? geometry.coordinates : [];
    parts.forEach(function (part) { part.forEach(turned); });
    return [].concat.apply([], parts);
  }

  // Outer rings turn one way and holes the other, so that areas that overlap a little are filled, not cut out.
  function turned(ring, n) {
    var twice = 0;
    for (var a = 0, b = ring.length - 1; a < ring.length; b = a++) twice += ring[b][0] * ring[a][1] - ring[a][0] * ring[b][1];
    if (twice > 0 !== (n === 0)) ring.reverse();
  }

  Shapes.prototype.fill = function (all) {
    var at = 0, r = 0;
    for (var i = 0; i < all.length; i++) {
      var left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity;
      this.area[i] = r;
      for (var j = 0; j < all[i].length; j++) {
        this.ring[r++] = at;
        for (var k = 0; k < all[i][j].length; k++, at++) {
          var x = all[i][j][k][0] / 360 + 0.5, y = mercatorY(all[i][j][k][1]);
          this.x[at] = x;
          this.y[at] = y;
          if (x < left) left = x;
          if (x > right) right = x;
          if (y < top) top = y;
          if (y > bottom) bottom = y;
        }
      }
      this.box.set([left, top, right, bottom], 4 * i);
    }
    this.area[all.length] = r;
    this.ring[r] = at;
  };

  // Width of each area in parts of the world: the side of a square as large as its box.
  Shapes.prototype.widths = function () {
    var found = [];
    for (var i = 0; i < this.codes.length; i++) {
      var b = this.box.subarray(4 * i, 4 * i + 4);
      found.push(Math.sqrt(Math.max(0, (b[2] - b[0]) * (b[3] - b[1]))));
    }
    return found.sort(function (a, b) { return a - b; });
  };

  // The area under a point; where there is none, the nearest at most `reach` away; −1 where there is none either.
  Shapes.prototype.at = function (x, y, reach) {
    var nearest = -1, best = reach * reach, i;
    for (i = 0; i < this.codes.length; i++) {
      if (this.inBox(i, x, y, 0) && this.holds(i, x, y)) return i;
    }
    for (i = 0; i < this.codes.length; i++) {
      if (!this.inBox(i, x, y, reach)) continue;
      var away = this.away(i, x, y);
      if (away < best) { best = away; nearest = i; }
    }
    return nearest;
  };

  Shapes.prototype.inBox = function (i, x, y, reach) {
    var b = this.box, j = 4 * i;
    return x >= b[j] - reach && x <= b[j + 2] + reach && y >= b[j + 1] - reach && y <= b[j + 3] + reach;
  };

  Shapes.prototype.holds = function (i, x, y) {
    var inside = false, X = this.x, Y = this.y;
    for (var r = this.area[i]; r < this.area[i + 1]; r++) {
      var end = this.ring[r + 1];
      for (var a = this.ring[r], b = end - 1; a < end; b = a++) {
        if (Y[a] > y !== Y[b] > y && x < ((X[b] - X[a]) * (y - Y[a])) / (Y[b] - Y[a]) + X[a]) inside = !inside;
      }
    }
    return inside;
  };

  // Squared distance of a point from the border of an area.
  Shapes.prototype.away = function (i, x, y) {
    var least = Infinity, X = this.x, Y = this.y;
    for (var r = this.area[i]; r < this.area[i + 1]; r++) {
      for (var a = this.ring[r]; a < this.ring[r + 1] - 1; a++) {
        var dx = X[a + 1] - X[a], dy = Y[a + 1] - Y[a], long = dx * dx + dy * dy;
        var t = long ? Math.max(0, Math.min(1, ((x - X[a]) * dx + (y - Y[a]) * dy) / long)) : 0;
        var ex = X[a] + t * dx - x, ey = Y[a] + t * dy - y;
        least = Math.min(least, ex * ex + ey * ey);
      }
    }
    return least;
  };

  // Adds area i to the path of `pen`; scale and origin turn coordinates into pixels.
  Shapes.prototype.trace = function (pen, i, scale, ox, oy) {
    var X = this.x, Y = this.y;
    for (var r = this.area[i]; r < this.area[i + 1]; r++) {
      var lastX = NaN, lastY = NaN;
      for (var a = this.ring[r]; a < this.ring[r + 1]; a++) {
        var px = Math.round((X[a] * scale - ox) * GRID) / GRID, py = Math.round((Y[a] * scale - oy) * GRID) / GRID;
        if (px === lastX && py === lastY) continue;
        if (lastX !== lastX) pen.moveTo(px, py);
        else pen.lineTo(px, py);
        lastX = px;
        lastY = py;
      }
      pen.closePath();
    }
  };

  mirador.Shapes = Shapes;
  mirador.mercatorY = mercatorY;

  // A Leaflet renderer that calls `painter(pen, view)` whenever the canvas must be drawn.
  // view: {scale, ox, oy: pixels of x, y from 0 to 1; left, top, right, bottom: what is visible, from 0 to 1}
  mirador.canvas = function (painter) {
    var Canvas = L.Renderer.extend({
      _initContainer: function () {
        this._container = document.createElement("canvas");
        this._container.setAttribute("aria-hidden", "true");
      },
      _update: function () {
        if (this._map._animatingZoom && this._bounds) return;
        L.Renderer.prototype._update.call(this);
        this.redraw();
      },
      redraw: function () {
        if (!this._map || !this._bounds) return;
        var min = this._bounds.min, size = this._bounds.getSize(), dense = Math.min(2, window.devicePixelRatio || 1);
        var canvas = this._container;
        L.DomUtil.setPosition(canvas, min);
        canvas.width = dense * size.x;
        canvas.height = dense * size.y;
        canvas.style.width = size.x + "px";
        canvas.style.height = size.y + "px";
        var pen = canvas.getContext("2d");
        pen.setTransform(dense, 0, 0, dense, 0, 0);
        var origin = this._map.getPixelOrigin(), scale = 256 * Math.pow(2, this._map.getZoom());
        var ox = origin.x + min.x, oy = origin.y + min.y;
        painter(pen, {
          scale: scale, ox: ox, oy: oy, left: ox / scale, top: oy / scale,
          right: (ox + size.x) / scale, bottom: (oy + size.y) / scale, width: size.x, height: size.y,
        });
      },
      _destroyContainer: function () { L.DomUtil.remove(this._container); },
      _updatePaths: function () {},
    });
    return new Canvas({ padding: 0.25 });
  };
})();
