// Numbers on show that change, in elements that stay.

import { number } from "./plot.js";

/** Let a `datum` show another number. */
export function rewrite(one, value, text = number(value)) {
  one.value = value;
  one.textContent = text;
}
