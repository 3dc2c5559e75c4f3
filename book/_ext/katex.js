// Answers formulas, one line of JSON each, with HTML or with what is wrong with them.
const katex = require("./node_modules/katex");
const lines = require("node:readline").createInterface({ input: process.stdin });

function render({ formula, displayMode }) {
  try {
    const options = { displayMode, throwOnError: true, strict: "error" };
    return { html: katex.renderToString(formula, options) };
  } catch (error) {
    return { error: error.message };
  }
}

lines.on("line", (line) => console.log(JSON.stringify(render(JSON.parse(line)))));
