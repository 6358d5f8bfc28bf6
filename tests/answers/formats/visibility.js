// Gives a SurveyJS form the answers of one respondent, then changes one of them.
// SURVEY_CORE is the path of the library. Reads {survey, sets, again} on standard input; writes, for each state, what is visible and kept.
const { Model } = require(process.env.SURVEY_CORE);
const { survey, sets, again } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const model = new Model(survey);
const questions = model.getAllQuestions();
const names = questions.map((question) => question.name);
const conditional = new Set(questions.filter((question) => question.visibleIf).map((question) => question.name));

// The questions always asked at once, then the others in the order of the form, where they show: as a
// respondent would, and quicker than one after another.
function answer(answers) {
  const pairs = names.map((name, index) => [name, answers[index]]).filter((pair) => pair[1] !== null);
  model.data = Object.fromEntries(pairs.filter(([name]) => !conditional.has(name)));
  for (const [name, value] of pairs) {
    const question = model.getQuestionByName(name);
    if (conditional.has(name) && question.isVisible) question.value = value;
  }
}

function state() {
  const visible = questions.filter((question) => question.isVisible).map((question) => question.name);
  return JSON.parse(JSON.stringify({ visible, data: model.data }));
}

const states = sets.flatMap((set, rank) => {
  answer(set);
  const filled = state();
  const changed = questions[again[rank]];
  const value = sets[(rank + 1) % sets.length][again[rank]];
  if (changed.isVisible && value !== null) changed.value = value;
  return [filled, state()];
});
process.stdout.write(JSON.stringify(states));
