// Walk every exercise through the script of the page, and say what it answers. Reads the exercises on standard input.
const { judge, read, rounded, agreement, restored, exported, fresh } = require(process.argv[2]);
const course = JSON.parse(require("fs").readFileSync(0, "utf8"));
const faults = [];
const check = (held, text) => { if (!held) faults.push(text); };
let seed = 1;
const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;

function notations(text, unit) {
  const comma = text.replace(".", ",");
  return [text, comma, `  ${comma} `, `${comma}\u202f`, comma.replace("-", "−"), ...(unit ? [`${comma} ${unit}`, `${comma}\u00a0${unit}`] : []), ...(unit === "%" ? [`${comma}%`] : [])];
}

for (const exercise of course.exercises) {
  const numbers = exercise.answers.filter((answer) => answer.accepts.length);
  for (const answer of numbers) {
    const decimals = exercise.decimals;
    for (const text of answer.accepts.flatMap((one) => notations(one, exercise.unit))) {
      const said = judge(exercise, text);
      check(said.feedback === answer.feedback && (said.state === "right") === answer.right, `${exercise.id}: ${text}: ${JSON.stringify(said)}`);
    }
    if (answer.right) check(judge(exercise, `${answer.accepts[0]}${decimals ? "" : ".0"}0`).state === "right", `${exercise.id}: more zeros`);
    if (answer.right && decimals) check(judge(exercise, rounded(read(answer.accepts[0]), decimals - 1)).state === "coarse", `${exercise.id}: one decimal less`);
  }
  for (let tries = 0; numbers.length && tries < 20; tries++) {
    const text = ((random() - 0.3) * 10 ** Math.ceil(random() * 5)).toFixed(exercise.decimals);
    if (exercise.answers.some((answer) => answer.right && answer.accepts.includes(text))) continue;
    check(judge(exercise, text).state !== "right", `${exercise.id}: ${text} is accepted`);
  }
  if (exercise.ask === "choice") {
    exercise.answers.forEach((answer, rank) => check(judge(exercise, rank).feedback === answer.feedback, `${exercise.id}: choice ${rank}`));
    check(judge(exercise, -1).state === "unread", `${exercise.id}: no choice`);
  }
  if (exercise.ask === "text") {
    for (const answer of exercise.answers) for (const word of answer.words) {
      const said = judge(exercise, `Bonjour, je vous écris à propos de ${word.toUpperCase()} dans le tableau.`);
      check(said.feedback.includes(answer.feedback) && said.feedback.endsWith("Le reste n’est pas vérifié ici."), `${exercise.id}: ${word}`);
    }
    check(judge(exercise, "Bonjour, je relis votre tableau et je ne retrouve pas ce nombre.").state === "read", `${exercise.id}: a plain text`);
  }
  if (exercise.ask === "score") {
    const all = (points) => exercise.statements.map(() => points).join(" ");
    for (const points of [1, 2, 3, 4]) check(judge(exercise, all(points)).feedback.startsWith(`Votre score : ${points * exercise.statements.length}.`), `${exercise.id}: ${points}`);
    check(judge(exercise, all(1).slice(2)).state === "unread", `${exercise.id}: one left out`);
  }
  if (exercise.ask === "codes") {
    const mine = exercise.segments.map((_, rank) => rank % 2).join("");
    check(judge(exercise, `${mine} ${mine}`).feedback.includes("kappa 1,00"), `${exercise.id}: the same codes`);
    check(judge(exercise, `${mine} 01`).state === "unread" && judge(exercise, `${mine} `).state === "unread", `${exercise.id}: half a code`);
    check(judge(exercise, `${mine.replace(/1/g, "0")} ${mine.replace(/1/g, "0")}`).feedback.includes("n’existe pas"), `${exercise.id}: one code`);
  }
  for (const odd of ["", " ", "abc", "1/0", "<b>", "1,2,3", "--1", "1e5", "٣"]) {
    if (exercise.ask === "number") check(judge(exercise, odd).state === "unread", `${exercise.id}: ${odd}`);
  }
}

// Cohen (1960): 20, 5, 10, 15 agree for 0.7, 0.5 by chance, kappa 0.4
const pairs = [..."1".repeat(25) + "0".repeat(25)].join("");
const theirs = "1".repeat(20) + "0".repeat(5) + "1".repeat(10) + "0".repeat(15);
check(Math.abs(agreement(pairs, theirs).kappa - 0.4) < 1e-12, "kappa");
check(read("1/3", "", true).part.startsWith("333") && read("1/3") === null, "fractions");
check(rounded(read("0,125"), 2) === "0.13" && rounded(read("-0,04"), 1) === "0.0", "rounding");

const work = fresh(course.fingerprint);
work.answers[course.exercises[0].id] = { given: 0, state: "right", tries: 1, opened: false };
check(restored(JSON.stringify(work), course.fingerprint).work.answers[course.exercises[0].id].restored, "work is told as restored");
check(restored(JSON.stringify(work), "other").dropped && restored("{", "x").dropped && !restored(null, "x").dropped, "work of another content");
const text = exported(course, restored(JSON.stringify(work), course.fingerprint).work);
check(text.includes("| juste | essais : 1 | reprise") && text.includes("] sans réponse"), "export");
const scores = course.exercises.filter((one) => one.ask === "score");
for (const one of scores) work.answers[one.id] = { given: "1 2 3", state: "read", tries: 1, opened: false };
check(scores.length && !exported(course, work).includes("1 2 3"), "an opinion on one's own tool is not handed in");
process.stdout.write(JSON.stringify(faults));
