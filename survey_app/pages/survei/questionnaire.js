// Draws the unsur once, keeps the answers while Streamlit reruns, and shows problems where they belong.
function create(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function choice(element, level, data, name, choose) {
  const label = create("label", "choice");
  const input = create("input");
  Object.assign(input, { type: "radio", name, value: String(level) });
  input.addEventListener("change", () => choose(element.key, level));
  const picture = create("span", "picture");
  picture.innerHTML = data.faces[level - 1];
  label.append(input, picture, create("span", "word", element.labels[level - 1]));
  return label;
}

function fieldset(element, data, choose) {
  const set = create("fieldset", "unsur");
  set.dataset.key = element.key;
  const legend = create("legend");
  legend.append(create("span", "number", `${element.number} · ${element.name}`), create("span", "question", element.question));
  const problem = create("p", "problem");
  problem.id = `${data.name}-${element.key}-problem`;
  problem.hidden = true;
  set.setAttribute("aria-describedby", problem.id);
  const choices = create("div", "choices");
  element.labels.forEach((_, i) =>
    choices.append(choice(element, i + 1, data, `${data.name}-${element.key}`, choose)));
  set.append(legend, problem, choices);
  return set;
}

function showProblems(list, problems) {
  for (const set of list.children) {
    const text = problems[set.dataset.key] ?? "";
    const place = set.querySelector(".problem");
    place.textContent = text;
    place.hidden = !text;
    set.classList.toggle("wrong", Boolean(text));
  }
  const first = list.querySelector(".wrong input");
  if (first) {
    first.closest("fieldset").scrollIntoView({ block: "center" });
    first.focus({ preventScroll: true });
  }
}

export default function ({ parentElement, data, setStateValue }) {
  const list = parentElement.querySelector(".unsur-list");
  const words = JSON.stringify([data.name, data.elements]);
  if (list.dataset.words !== words) {
    const answers = list.dataset.name === data.name ? JSON.parse(list.dataset.answers) : {};
    const choose = (key, level) => {
      answers[key] = level;
      list.dataset.answers = JSON.stringify(answers);
      const set = list.querySelector(`fieldset[data-key="${key}"]`);
      set.classList.remove("wrong");
      set.querySelector(".problem").hidden = true;
      setStateValue("answers", { ...answers });
    };
    list.replaceChildren(...data.elements.map((element) => fieldset(element, data, choose)));
    for (const [key, level] of Object.entries(answers)) {
      const input = list.querySelector(`fieldset[data-key="${key}"] input[value="${level}"]`);
      if (input) input.checked = true;
    }
    Object.assign(list.dataset, { words, name: data.name, answers: JSON.stringify(answers) });
  }
  const problems = JSON.stringify([data.attempt, data.problems]);
  if (list.dataset.problems !== problems) {
    list.dataset.problems = problems;
    showProblems(list, data.problems);
  }
}
