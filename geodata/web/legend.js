// Builds the legend of a paint: classes, ramp, sizes of circles, square of two measures. Words are set as text only.
(function () {
  "use strict";
  var mirador = (window.mirador = window.mirador || {});

  mirador.make = function make(tag, className, text) {
    var made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined && text !== null) made.textContent = text;
    return made;
  };
  var make = mirador.make;

  mirador.legend = function (told) {
    var words = told.legend, palette = told.palette;
    var key = make("section", "atlas-legend" + (palette.hatches && palette.hatches.length ? " atlas-copied" : ""));
    key.setAttribute("aria-label", words.title);
    key.appendChild(make("h2", "", words.title));
    if (words.subtitle) key.appendChild(make("p", "", words.subtitle));
    if (words.ramp && words.ramp.length) key.appendChild(ramp(words.ramp, palette));
    if (words.square) key.appendChild(square(words.square, palette));
    if (words.sizes && words.sizes.length) key.appendChild(sizes(words.sizes, told));
    if (words.entries.length) key.appendChild(entries(words.entries, palette));
    if (words.note) key.appendChild(make("p", "atlas-foot", words.note));
    return key;
  };

  function entries(list, palette) {
    var table = make("table");
    list.forEach(function (entry) {
      var row = make("tr"), first = make("td");
      first.appendChild(swatch(entry, palette));
      row.appendChild(first);
      row.appendChild(make("th", "", entry.label)).setAttribute("scope", "row");
      row.appendChild(make("td", "atlas-range", entry.range));
      row.appendChild(make("td", "atlas-note", entry.note));
      table.appendChild(row);
    });
    return table;
  }

  function swatch(entry, palette) {
    var made = make("i", "atlas-swatch" + (entry.kind === "level" ? "" : " atlas-" + entry.kind));
    if (entry.kind === "level") coloured(made, palette, entry.level);
    return made;
  }

  function coloured(element, palette, mark) {
    var drawn = mirador.swatch(palette, mark);
    if (typeof drawn === "string") element.style.background = drawn;
    else element.style.background = "url(" + drawn.toDataURL() + ") 0 0 / " + drawn.width / 2 + "px";
  }

  // A continuous scale: bands of every colour, and the values at their places.
  function ramp(ticks, palette) {
    var made = make("div", "atlas-ramp"), band = make("div", "atlas-band"), under = make("div", "atlas-ticks");
    var colours = palette.levels.map(function (c, i) {
      var n = palette.levels.length;
      return c + " " + (100 * i) / n + "% " + (100 * (i + 1)) / n + "%";
    });
    band.style.background = "linear-gradient(to right, " + colours.join(", ") + ")";
    ticks.forEach(function (tick) {
      var mark = make("span", "", tick[1]);
      mark.style.left = 100 * tick[0] + "%";
      if (tick[0] === 0) mark.className = "atlas-first";
      if (tick[0] === 1) mark.className = "atlas-last";
      under.appendChild(mark);
    });
    made.appendChild(band);
    made.appendChild(under);
    return made;
  }

  // Circles of round numbers, one inside the other, as on paper.
  function sizes(list, told) {
    var most = told.most_radius, height = 2 * most + 6, space = "http://www.w3.org/2000/svg";
    var svg = document.createElementNS(space, "svg");
    svg.setAttribute("class", "atlas-sizes");
    svg.setAttribute("height", Math.max(height, 16 * list.length + 6));
    svg.setAttribute("width", 2 * most + 110);
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", list.map(function (s) { return s[1]; }).join(", "));
    function draw(name, attributes, text) {
      var made = document.createElementNS(space, name);
      Object.keys(attributes).forEach(function (k) { made.setAttribute(k, attributes[k]); });
      if (text) made.textContent = text;
      svg.appendChild(made);
    }
    var base = height - 3, lastY = -Infinity;
    list.forEach(function (size) {
      var r = most * Math.sqrt(size[0]), top = base - 2 * r, y = Math.max(top + 5, lastY + 15);
      lastY = y;
      draw("circle", { cx: most + 3, cy: base - r, r: r, class: "atlas-size" });
      draw("path", { d: "M" + (most + 3) + " " + top + "L" + (2 * most + 8) + " " + (y - 1) + "h6", class: "atlas-lead" });
      draw("text", { x: 2 * most + 18, y: y + 3 }, size[1]);
    });
    svg.setAttribute("height", Math.max(height, lastY + 10));
    return svg;
  }

  // Nine colours: to the right more of one measure, upward more of the other.
  function square(words, palette) {
    var made = make("div", "atlas-square"), grid = make("div", "atlas-grid");
    for (var up = 2; up >= 0; up--) {
      for (var right = 0; right < 3; right++) {
        var cell = make("i", "atlas-cell");
        coloured(cell, palette, 3 * up + right + 1);
        grid.appendChild(cell);
      }
    }
    made.appendChild(make("span", "atlas-up", words.up + " →"));
    made.appendChild(grid);
    made.appendChild(make("span", "atlas-over", words.over + " →"));
    var list = make("ul", "atlas-corners");
    words.corners.forEach(function (corner) {
      var item = make("li"), cell = make("i", "atlas-swatch");
      coloured(cell, palette, corner[0]);
      item.appendChild(cell);
      item.appendChild(make("span", "", corner[1]));
      list.appendChild(item);
    });
    made.appendChild(list);
    return made;
  }
})();
