// The ribbon by itself, for pages whose figures stand below it.

import { el } from "../shared/nodes.js";
import { ribbon } from "./strip.js";

/**
 * @param root an empty element
 * @param data as of `ribbon`
 * @param choice {block}
 * @param onChoice is told {block} by click or key
 * @returns {{update(data, choice), destroy()}}
 */
export function mountRibbon(root, data, choice, onChoice) {
  const strip = ribbon((block) => onChoice({ block }));
  const node = el("div", { class: "se ribbon-alone" }, strip.node, strip.key);
  root.append(node);
  const update = (now, chosen) => strip.draw(now, chosen.block);
  update(data, choice);
  return { update, destroy: () => node.remove() };
}
