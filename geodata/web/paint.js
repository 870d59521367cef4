// Draws the paint on the canvas: fills by class, hatch and dots, borders, circles. It knows nothing of Leaflet.
(function () {
  "use strict";
  var mirador = (window.mirador = window.mirador || {});

  // Marks of areas and letters of repeated texts; "0" is no data, "1" the first colour.
  var ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  mirador.ALPHABET = ALPHABET;
  // Areas of one colour that are one path: some dozens, since a path of a whole country takes a browser a second.
  mirador.TOGETHER = 60;

  // Colour or pattern of each fill, and the areas that have it: {"0": {style, areas}, "3": …, "u3": …}.
  mirador.fills = function (told, count) {
    var groups = {}, palette = told.palette;
    for (var i = 0; i < count; i++) {
      var mark = told.levels.charAt(i) || "0";
      var doubt = mark !== "0" && told.uncertain && told.uncertain.charAt(i) === "1";
      var name = told.kind === "circles" ? "land" : (doubt ? "u" : "") + mark;
      (groups[name] = groups[name] || { areas: [] }).areas.push(i);
    }
    Object.keys(groups).forEach(function (name) {
      var mark = ALPHABET.indexOf(name.charAt(name.length - 1));
      groups[name].style =
        name === "land" ? palette.land :
        name === "0" ? hatch(palette.no_data, palette.no_data_line) :
        name.charAt(0) === "u" ? dots(palette, mark) : mirador.fill(palette, mark);
    });
    return groups;
  };

  // What a class is filled with: its colour, or its grey and marks where the page is to be photocopied.
  mirador.fill = function (palette, mark) {
    var drawn = mirador.swatch(palette, mark);
    return typeof drawn === "string" ? drawn : pattern(drawn);
  };

  // The same as a colour or a small canvas, for a legend.
  mirador.swatch = function (palette, mark) {
    var ground = palette.levels[mark - 1], marks = (palette.hatches || [])[mark - 1];
    return marks ? tile(TILE[marks.charAt(0)] || 8, function (pen, n) { grounded(pen, n, ground); MARKS[marks.charAt(0)](pen, n); }) : ground;
  };

  // As matplotlib names them in geodata/palette.py; the size of a tile in pixels, and what is drawn on it in black.
  var TILE = { ".": 6, x: 7, o: 9, "+": 9, "-": 5 };
  var MARKS = {
    ".": function (pen, n) { disc(pen, n / 2, n / 2, 0.9, true); },
    o: function (pen, n) { disc(pen, n / 2, n / 2, 2.4, false); },
    x: function (pen, n) { lines(pen, [[-1, -1, n + 1, n + 1], [-1, n + 1, n + 1, -1]]); },
    "-": function (pen, n) { lines(pen, [[0, n / 2, n, n / 2]]); },
    "+": function (pen, n) { lines(pen, [[n / 2, 0, n / 2, n], [0, n / 2, n, n / 2]]); },
  };

  function disc(pen, x, y, r, full) {
    pen.beginPath();
    pen.arc(x, y, r, 0, 7);
    pen.lineWidth = 0.9;
    if (full) pen.fill();
    else pen.stroke();
  }

  function lines(pen, list) {
    pen.lineWidth = 0.8;
    pen.beginPath();
    list.forEach(function (l) { pen.moveTo(l[0], l[1]); pen.lineTo(l[2], l[3]); });
    pen.stroke();
  }

  // view: see mirador.canvas. look: {borders: draw those of areas, veil: opacity of the fills}
  mirador.drawAreas = function (pen, view, shapes, told, groups, look) {
    var seen = [];
    for (var i = 0; i < shapes.codes.length; i++) {
      var b = shapes.box, j = 4 * i;
      seen.push(b[j + 2] >= view.left && b[j] <= view.right && b[j + 3] >= view.top && b[j + 1] <= view.bottom);
    }
    pen.globalAlpha = look.veil;
    pen.lineJoin = "round";
    Object.keys(groups).forEach(function (name) {
      // without borders each area is outlined in its own colour, which closes the seams between neighbours
      var areas = groups[name].areas, style = groups[name].style, waiting = 0;
      pen.fillStyle = style;
      pen.strokeStyle = look.borders ? told.palette.area_line : style;
      pen.lineWidth = look.borders ? 0.8 : 0.7;
      function done() {
        if (!waiting) return;
        pen.fill();
        if (look.borders || look.veil === 1) pen.stroke();
        waiting = 0;
      }
      areas.forEach(function (i) {
        if (!seen[i]) return;
        if (!waiting) pen.beginPath();
        shapes.trace(pen, i, view.scale, view.ox, view.oy);
        if (++waiting === mirador.TOGETHER) done();
      });
      done();
    });
    pen.globalAlpha = 1;
  };

  // Lines: arrays of [x, y] from 0 to 1.
  mirador.drawLines = function (pen, view, lines, colour, weight) {
    pen.beginPath();
    lines.forEach(function (line) {
      var lastX = NaN, lastY = NaN;
      for (var i = 0; i < line.length; i += 2) {
        var x = Math.round((line[i] * view.scale - view.ox) * 4) / 4, y = Math.round((line[i + 1] * view.scale - view.oy) * 4) / 4;
        if (x === lastX && y === lastY) continue;
        if (i === 0) pen.moveTo(x, y);
        else pen.lineTo(x, y);
        lastX = x;
        lastY = y;
      }
    });
    pen.strokeStyle = colour;
    pen.lineWidth = weight;
    pen.lineJoin = "round";
    pen.stroke();
  };

  // Circles whose surface goes with the number, largest behind. Gives [x, y, radius, area] in pixels, as drawn.
  mirador.drawCircles = function (pen, view, shapes, told) {
    var drawn = [];
    told.radii.forEach(function (radius, i) {
      if (!radius) return;
      var point = shapes.points[i];
      var x = (point[0] / 360 + 0.5) * view.scale - view.ox, y = mirador.mercatorY(point[1]) * view.scale - view.oy;
      drawn.push([x, y, Math.max(1, radius), i]);
    });
    drawn.sort(function (a, b) { return b[2] - a[2]; });
    pen.lineWidth = 0.6;
    var styles = [told.palette.no_data];
    told.palette.levels.forEach(function (_, i) { styles.push(mirador.fill(told.palette, i + 1)); });
    drawn.forEach(function (c) {
      var mark = ALPHABET.indexOf(told.levels.charAt(c[3]));
      pen.beginPath();
      pen.arc(c[0], c[1], c[2], 0, 7);
      pen.globalAlpha = 0.9;
      pen.fillStyle = styles[Math.max(0, mark)];
      pen.fill();
      pen.globalAlpha = 0.45;
      pen.strokeStyle = told.palette.ink;
      pen.stroke();
    });
    pen.globalAlpha = 1;
    return drawn;
  };

  // Two letters per area: the radius in parts of the largest, from 0 to 3843.
  mirador.radii = function (told) {
    var packed = told.sizes || "", found = [];
    for (var i = 0; i < packed.length; i += 2) {
      var part = ALPHABET.indexOf(packed.charAt(i)) * 62 + ALPHABET.indexOf(packed.charAt(i + 1));
      found.push((told.most_radius * part) / 3843);
    }
    return found;
  };

  // Twice as fine as the page, so that marks are sharp on a good screen and on paper.
  function tile(size, draw) {
    var canvas = document.createElement("canvas");
    canvas.width = canvas.height = 2 * size;
    var pen = canvas.getContext("2d");
    pen.scale(2, 2);
    pen.fillStyle = pen.strokeStyle = "#000000";
    draw(pen, size);
    return canvas;
  }

  function pattern(canvas) {
    var made = canvas.getContext("2d").createPattern(canvas, "repeat");
    made.setTransform(new DOMMatrix([0.5, 0, 0, 0.5, 0, 0]));
    return made;
  }

  function grounded(pen, n, colour) {
    pen.fillStyle = colour;
    pen.fillRect(0, 0, n, n);
    pen.fillStyle = "#000000";
  }

  function hatch(ground, line) {
    return pattern(tile(6, function (pen, n) {
      grounded(pen, n, ground);
      pen.strokeStyle = line;
      pen.lineWidth = 1.2;
      pen.beginPath();
      [-n, 0, n].forEach(function (x) { pen.moveTo(x - 1, n + 1); pen.lineTo(x + n + 1, -1); });
      pen.stroke();
    }));
  }

  // Small dots in colour; on a photocopy white ones with a rim, which no marks of a class have.
  function dots(palette, mark) {
    var ground = palette.levels[mark - 1], copied = palette.hatches && palette.hatches.length;
    if (!copied) {
      return pattern(tile(7, function (pen, n) {
        grounded(pen, n, ground);
        pen.fillStyle = light(ground) ? "rgba(60,60,60,0.55)" : "rgba(255,255,255,0.85)";
        disc(pen, n / 2, n / 2, 1.1, true);
      }));
    }
    var below = mirador.swatch(palette, mark), size = 2 * (TILE[(palette.hatches[mark - 1] || "").charAt(0)] || 7);
    return pattern(tile(size, function (pen, n) {
      pen.fillStyle = typeof below === "string" ? below : pattern(below);
      pen.fillRect(0, 0, n, n);
      pen.fillStyle = "#FFFFFF";
      disc(pen, n / 2, n / 2, 2.2, true);
      disc(pen, n / 2, n / 2, 2.2, false);
    }));
  }

  function light(colour) {
    var part = function (i) { return parseInt(colour.substr(i, 2), 16); };
    return 0.299 * part(1) + 0.587 * part(3) + 0.114 * part(5) > 170;
  }
  mirador.light = light;
})();
