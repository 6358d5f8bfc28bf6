// Gives a SurveyJS form all the answers of a respondent, then goes through its pages to the end.
// SURVEY_CORE is the path of the library. Reads {survey, paths} on standard input; writes, for each path, where it ended, what was kept and what was refused.
const { Model } = require(process.env.SURVEY_CORE);
const { survey, paths } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const model = new Model(survey); // built once: it takes longer than a path

function complete(answers) {
  model.clear(true, true);
  model.data = answers;
  while (!model.isLastPage && model.nextPage());
  if (model.isLastPage) model.completeLastPage();
  const asked = model.getAllQuestions().filter((question) => question.isVisible);
  const refused = asked.flatMap(({ name, errors }) => errors.map((error) => `${name} : ${error.getText()}`));
  return { state: model.state, data: model.data, refused };
}

process.stdout.write(JSON.stringify(paths.map(complete)));
