// Fetches what a map needs, all at once and each only once, and hands the data of every run to the map.
const known = (window.miradorParts = window.miradorParts || {});

function once(address, make) {
  return known[address] || (known[address] = make());
}

function added(tag, attributes) {
  return new Promise((done, failed) => {
    const part = Object.assign(document.createElement(tag), attributes);
    part.onload = done;
    part.onerror = () => failed(new Error(attributes.src || attributes.href));
    document.head.appendChild(part);
  });
}

function json(address) {
  return once(address, () => fetch(address).then((answer) => {
    if (!answer.ok) throw new Error(answer.status + " " + address);
    return answer.json();
  }).catch((why) => { delete known[address]; throw why; }));
}

function parts(data) {
  const styles = data.parts.styles.map((href) => once(href, () => added("link", { rel: "stylesheet", href })));
  const scripts = data.parts.scripts.map((src) => once(src, () => added("script", { src, async: false })));
  return Promise.all([...styles, ...scripts]);
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".mirador-map");
  if (!root || !data) return;
  root.latest = { data, report: (code) => setTriggerValue("clicked", code) };
  if (!root.dataset.state) root.dataset.state = "loading";
  const areas = json(data.map.areas), borders = json(data.map.borders);
  [areas, borders].forEach((part) => part.catch(() => {})); // the map tells the failure when it asks for them
  parts(data).then(() => {
    const latest = root.latest;
    if (!root.isConnected || latest.data !== data) return;
    window.mirador.mount(root, { ...data, map: { ...data.map, areas, borders } }, latest.report);
  }).catch((why) => {
    root.dataset.state = "failed";
    console.error("mirador: the map cannot be drawn", why);
  });
  return () => setTimeout(() => { if (!root.isConnected && window.mirador?.unmount) window.mirador.unmount(root); }, 0);
}
