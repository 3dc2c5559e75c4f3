// Brings the explorables of a page to life without a kernel: ipywidgets become
// native labelled inputs, drawings get the contract of anywidget's front-end
// modules (https://anywidget.dev/en/afm/), and links tie them together.

(() => {
  /** The traits of a widget, as anywidget hands them to a drawing. */
  class Model {
    #traits;
    #heard = new Map();

    constructor(traits) {
      this.#traits = traits;
    }

    get(name) {
      return this.#traits[name];
    }

    set(name, value) {
      if (Object.is(this.#traits[name], value)) return;
      this.#traits[name] = value;
      for (const event of [`change:${name}`, "change"]) {
        for (const react of [...(this.#heard.get(event) ?? [])]) react();
      }
    }

    on(event, react) {
      if (!this.#heard.has(event)) this.#heard.set(event, new Set());
      this.#heard.get(event).add(react);
    }

    off(event, react) {
      this.#heard.get(event)?.delete(react);
    }

    // There is no kernel to save to, or to talk to.
    save_changes() {}
    send() {}
  }

  let made = 0;
  const newId = () => `control-${(made += 1)}`;

  /** An element with properties and children. */
  function element(tag, properties = {}, ...children) {
    const one = Object.assign(document.createElement(tag), properties);
    one.append(...children);
    return one;
  }

  /** A row of a label and what it labels. */
  function labelled(model, input, ...more) {
    input.id = newId();
    const label = element("label", { htmlFor: input.id });
    shown(model, () => {
      label.textContent = model.get("description");
      input.disabled = model.get("disabled");
    });
    return element("div", { className: "control" }, label, input, ...more);
  }

  /** Show the state of `model` now and whenever it changes. */
  function shown(model, show) {
    show();
    model.on("change", show);
  }

  /** A number in the format of a slider's readout: "d" or ".2f", say. */
  function formatted(value, format) {
    const digits = format === "d" ? 0 : Number(format.slice(1, -1));
    return value.toFixed(digits).replace("-", "−");
  }

  function slider(model) {
    const input = element("input", { type: "range" });
    // No `output`, which would be read aloud at each step, beside the input's value.
    const output = element("span", { className: "readout", ariaHidden: "true" });
    const row = labelled(model, input, output);
    shown(model, () => {
      // The bounds before the value, which would be cut off at the old ones.
      input.min = model.get("min");
      input.max = model.get("max");
      input.step = model.get("step") ?? "any";
      input.value = model.get("value");
      output.hidden = !model.get("readout");
      output.textContent = formatted(model.get("value"), model.get("readout_format"));
    });
    input.addEventListener("input", () => model.set("value", input.valueAsNumber));
    return row;
  }

  function dropdown(model) {
    const texts = model.get("_options_labels");
    const select = element("select", {}, ...texts.map((text) => new Option(text)));
    shown(model, () => (select.selectedIndex = model.get("index") ?? -1));
    select.addEventListener("change", () => model.set("index", select.selectedIndex));
    return labelled(model, select);
  }

  function toggles(model) {
    const name = newId();
    const inputs = model.get("_options_labels").map((text, k) => {
      const input = element("input", { type: "radio", name });
      input.addEventListener("change", () => model.set("index", k));
      return [input, element("label", {}, input, text)];
    });
    const legend = element("legend");
    shown(model, () => {
      legend.textContent = model.get("description");
      inputs.forEach(([input], k) => {
        Object.assign(input, { checked: k === model.get("index") });
        input.disabled = model.get("disabled");
      });
    });
    const labels = inputs.map(([, label]) => label);
    return element("fieldset", { className: "control" }, legend, ...labels);
  }

  function checkbox(model) {
    const input = element("input", { type: "checkbox" });
    shown(model, () => (input.checked = model.get("value")));
    input.addEventListener("change", () => model.set("value", input.checked));
    const row = labelled(model, input);
    row.prepend(input);
    return row;
  }

  /** A field of one line, or of several; it gets no capital that nobody typed. */
  function field(tag, more) {
    return (model) => {
      const own = { spellcheck: false, autocapitalize: "off", autocomplete: "off" };
      return typed(model, element(tag, { ...own, ...more(model) }));
    };
  }

  function typed(model, input) {
    shown(model, () => {
      input.placeholder = model.get("placeholder");
      if (input.value !== model.get("value")) input.value = model.get("value");
    });
    const event = model.get("continuous_update") ? "input" : "change";
    input.addEventListener(event, () => model.set("value", input.value));
    return labelled(model, input);
  }

  function label(model) {
    const place = element("div", { className: "control" });
    shown(model, () => (place.textContent = model.get("value")));
    return place;
  }

  /** A frame for the views of the children. */
  function box(className) {
    return (model, page) => {
      const children = model.get("children").map((child) => page.view(child));
      return element("div", { className }, ...children);
    };
  }

  function drawing(model, page) {
    const el = element("div", { className: "explorable-drawing" });
    page.draw(model, el);
    return el;
  }

  /** What the page can show, by the names that ipywidgets gives. A closed list. */
  const VIEWS = {
    FloatSliderModel: slider,
    IntSliderModel: slider,
    DropdownModel: dropdown,
    ToggleButtonsModel: toggles,
    CheckboxModel: checkbox,
    TextModel: field("input", () => ({ type: "text" })),
    TextareaModel: field("textarea", (model) => ({ rows: model.get("rows") ?? 2 })),
    LabelModel: label,
    HBoxModel: box("hbox"),
    VBoxModel: box("vbox"),
    AnyModel: drawing,
  };

  /** All models of a page, its modules and its links. */
  class Page {
    #state;
    #models = {};
    #modules = {};
    #waiting = [];

    constructor(state) {
      this.#state = state;
      for (const [id, { traits }] of Object.entries(state)) {
        this.#models[id] = new Model(traits);
      }
      for (const [id, { name }] of Object.entries(state)) {
        if (name === "LinkModel") this.#tie(id, true);
        if (name === "DirectionalLinkModel") this.#tie(id, false);
      }
    }

    /** Let the target follow the source and, in a link both ways, the reverse. */
    #tie(id, bothWays) {
      const end = ([reference, trait]) => ({ model: this.#find(reference), trait });
      const source = end(this.#models[id].get("source"));
      const target = end(this.#models[id].get("target"));
      const follow = (to, from) => {
        const copy = () => to.model.set(to.trait, from.model.get(from.trait));
        from.model.on(`change:${from.trait}`, copy);
        return copy;
      };
      follow(target, source)();
      if (bothWays) follow(source, target);
    }

    /** The model that a reference in the state means. */
    #find(reference) {
      return this.#models[reference.replace("IPY_MODEL_", "")];
    }

    /** The view of a model, given by its id or by a reference to it. */
    view(reference) {
      const id = reference.replace("IPY_MODEL_", "");
      return VIEWS[this.#state[id].name](this.#models[id], this);
    }

    /** Let the module of a drawing fill `el`; `enliven` waits for it. */
    draw(model, el) {
      const drawn = async () => {
        const module = await this.#module(model.get("_anywidget_id"));
        await module.initialize?.({ model });
        await module.render({ model, el });
      };
      this.#waiting.push(drawn());
    }

    /** A drawing's module, embedded as text; from disk no other import works. */
    #module(id) {
      this.#modules[id] ??= (async () => {
        const text = document.querySelector(`script[data-module="${id}"]`).textContent;
        const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
        const found = (await import(url)).default;
        URL.revokeObjectURL(url);
        return typeof found === "function" ? found() : found;
      })();
      return this.#modules[id];
    }

    /** Put the view of a model ahead of the still picture, and show it once drawn. */
    async enliven(place) {
      const view = this.view(place.dataset.model);
      view.classList.add("explorable-live");
      place.prepend(view);
      try {
        await Promise.all(this.#waiting.splice(0));
        place.classList.add("alive");
      } catch (error) {
        view.remove(); // the still picture stays
        console.error(error);
      }
    }
  }

  const state = document.getElementById("explorable-state");
  const page = new Page(JSON.parse(state.textContent));
  for (const place of document.querySelectorAll(".explorable")) page.enliven(place);
})();
