// Exercises in a page: an answer is read and judged, the work is kept in the browser and can be written out.
// The functions of `Exercises` know no page and are tested alone; `start` ties them to the page.
"use strict";

const Exercises = (() => {
  const SPACES = /[\s\u00a0\u202f\u2009']/g;
  const NUMBER = /^([+-]?)(\d+|\d{1,3}(?: \d{3})+)(?:\.(\d+))?$/;
  const UNREAD = "Écrivez un nombre, par exemple 12,5.";
  const PARTIAL = " Le reste n’est pas vérifié ici.";

  // The digits of a number as typed: {sign, whole, part}; null for what is no number. A comma is a decimal mark.
  function read(text, unit = "", fraction = false) {
    let plain = String(text).trim().replace(/[−–—]/g, "-").replace(/,/g, ".");
    for (const word of [unit, "%"]) {
      if (word && plain.toLowerCase().endsWith(word.toLowerCase())) plain = plain.slice(0, -word.length).trim();
    }
    const parts = plain.split("/");
    if (fraction && parts.length === 2) return divided(...parts.map((one) => read(one)));
    const found = NUMBER.exec(plain.replace(SPACES, ""));
    return found && { sign: found[1] === "-" ? "-" : "", whole: found[2].replace(/^0+(?=\d)/, ""), part: found[3] ?? "" };
  }

  function divided(above, below) {
    const [top, bottom] = [above, below].map((one) => one && Number(`${one.sign}${one.whole}.${one.part || 0}`));
    if (!above || !below || bottom === 0) return null;
    return read((top / bottom).toFixed(12));
  }

  // A number with so many decimals, half away from zero: "45.50".
  function rounded(number, decimals) {
    const digits = BigInt(number.whole + number.part.slice(0, decimals).padEnd(decimals, "0"));
    const up = number.part.length > decimals && number.part[decimals] >= "5";
    const text = (digits + (up ? 1n : 0n)).toString().padStart(decimals + 1, "0");
    const sign = /[1-9]/.test(text) ? number.sign : "";
    return sign + (decimals ? `${text.slice(0, -decimals)}.${text.slice(-decimals)}` : text);
  }

  const french = (text) => text.replace(".", ",").replace("-", "−");
  const value = (number) => Number(`${number.sign}${number.whole}.${number.part || 0}`);

  // What is said of an answer: {state, feedback}; state is right, wrong, coarse (too few decimals) or unread.
  function judge(exercise, given) {
    if (exercise.ask === "choice") return told(exercise.answers[given]);
    if (exercise.ask === "text") return reviewed(exercise, given);
    if (exercise.ask === "score") return scored(exercise, given);
    if (exercise.ask === "codes") return compared(exercise, given);
    const number = read(given, exercise.unit, exercise.fraction);
    if (!number) return { state: "unread", feedback: UNREAD };
    const written = rounded(number, exercise.decimals);
    const coarse = tooFew(exercise, number);
    if (coarse) return coarse;
    const met = exercise.answers.find((answer) => meets(answer, written, value(number)));
    return met ? told(met) : { state: "wrong", feedback: exercise.otherwise };
  }

  const told = (answer) =>
    answer ? { state: answer.right ? "right" : "wrong", feedback: answer.feedback } : { state: "unread", feedback: "Choisissez une réponse." };

  function meets(answer, written, number) {
    if (answer.accepts.length) return answer.accepts.includes(written);
    const above = answer.above === "" || number > Number(answer.above);
    return above && (answer.below === "" || number < Number(answer.below)) && (answer.above !== "" || answer.below !== "");
  }

  // 63,9 is not 63,90: a right number with too few decimals is told as such.
  function tooFew(exercise, number) {
    const right = exercise.answers.find((answer) => answer.right && answer.accepts.length);
    const short = number.part.length;
    if (!right || short >= exercise.decimals) return null;
    const same = right.accepts.some((one) => rounded(read(one), short) === rounded(number, short));
    if (!same) return null;
    const kept = `${exercise.decimals} décimale${exercise.decimals > 1 ? "s" : ""}`;
    return { state: "coarse", feedback: `Bonne piste, mais « ${french(rounded(number, short))} » est moins précis que ce qui est demandé : gardez ${kept}.` };
  }

  // A text is not marked: what it holds that should not be there is told, the rest is for the grid.
  function reviewed(exercise, text) {
    const plain = (one) => one.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/’/g, "'");
    if (plain(text).trim().length < 20) return { state: "unread", feedback: "Écrivez une ou deux phrases." };
    const met = exercise.answers.filter((answer) => answer.words.some((word) => plain(text).includes(plain(word))));
    const said = met.map((answer) => answer.feedback).join(" ") || exercise.otherwise;
    return { state: met.some((answer) => !answer.right) ? "wrong" : "read", feedback: said + PARTIAL };
  }

  // Points of each statement, "4 3  2": their sum, and what it can and cannot say.
  function scored(exercise, given) {
    const points = String(given).split(" ");
    const left = exercise.statements.length - points.filter(Boolean).length;
    if (left) return { state: "unread", feedback: `Il reste ${left} affirmation${left > 1 ? "s" : ""} sans réponse.` };
    const total = points.reduce((sum, one) => sum + Number(one), 0);
    return { state: "read", feedback: `Votre score : ${total}. ${foreseen(exercise, total)}` };
  }

  // Two codings, "1011 1001", one sign a passage: their agreement, and Cohen's kappa (1960).
  function compared(exercise, given) {
    const [mine, theirs = ""] = String(given).split(" ");
    if (theirs === "") return { state: "unread", feedback: `Votre codage : ${mine}. Dictez-le à votre voisin, puis écrivez le sien.` };
    if (!/^[01]+$/.test(theirs) || theirs.length !== mine.length) return { state: "unread", feedback: `Il faut ${mine.length} chiffres, des 0 et des 1.` };
    const { same, kappa } = agreement(mine, theirs);
    const told = kappa === null ? "kappa n’existe pas (un seul code partout)" : `kappa ${french(kappa.toFixed(2))}`;
    return { state: "read", feedback: `Accord sur ${same} passages sur ${mine.length}, ${told}. ${kappa === null ? exercise.otherwise : foreseen(exercise, kappa)}` };
  }

  function agreement(mine, theirs) {
    const n = mine.length;
    const share = (text) => [...text].filter((one) => one === "1").length / n;
    const same = [...mine].filter((one, rank) => one === theirs[rank]).length;
    const expected = share(mine) * share(theirs) + (1 - share(mine)) * (1 - share(theirs));
    return { same, kappa: expected === 1 ? null : (same / n - expected) / (1 - expected) };
  }

  const foreseen = (exercise, number) => exercise.answers.find((answer) => meets(answer, "", number))?.feedback ?? exercise.otherwise;

  // The work of a page as plain text, to hand in: one line an exercise, what was restored told.
  function exported(course, work) {
    const lines = course.exercises.map((exercise) => {
      const done = work.answers[exercise.id];
      if (!done) return `[${exercise.id}] sans réponse`;
      const given = written(exercise, done.given);
      const states = { right: "juste", wrong: "à revoir", coarse: "trop arrondi", read: "relu avec la grille" };
      const marks = [states[done.state] ?? "", `essais : ${done.tries}`, done.opened ? "solution ouverte" : "", done.restored ? "reprise" : ""];
      return `[${exercise.id}] ${given} | ${marks.filter(Boolean).join(" | ")}`;
    });
    return [`Relecture, exercices (contenu ${course.fingerprint})`, ...lines, ""].join("\n");
  }

  // An answer as it is handed in; what one thinks of one's own tool stays in the page.
  function written(exercise, given) {
    if (exercise.ask === "score") return "répondu";
    return exercise.ask === "choice" ? exercise.answers[given].choice : String(given).replace(/\s+/g, " ");
  }

  // Work kept for this content, or none; what was kept for another content is dropped, and told.
  function restored(stored, fingerprint) {
    try {
      const kept = JSON.parse(stored ?? "null");
      if (!kept) return { work: fresh(fingerprint), dropped: false };
      if (kept.fingerprint !== fingerprint) return { work: fresh(fingerprint), dropped: true };
      for (const done of Object.values(kept.answers)) done.restored = true;
      return { work: kept, dropped: false };
    } catch {
      return { work: fresh(fingerprint), dropped: true };
    }
  }

  const fresh = (fingerprint) => ({ fingerprint, answers: {} });

  return { read, rounded, judge, agreement, exported, restored, fresh };
})();

if (typeof module !== "undefined") module.exports = Exercises;
if (typeof document !== "undefined") start();

function start() {
  const course = JSON.parse(document.getElementById("exercices").textContent);
  const KEY = "relecture-exercices";
  let { work, dropped } = Exercises.restored(kept(), course.fingerprint);
  const message = document.getElementById("message");
  if (dropped) message.textContent = "Le contenu a changé depuis votre dernière visite : vos réponses d’alors ont été retirées.";
  for (const exercise of course.exercises) tie(exercise, document.getElementById(exercise.id));
  document.getElementById("exporter").addEventListener("click", download);
  document.getElementById("recommencer").addEventListener("click", again);
  progress();

  function kept() {
    try { return localStorage.getItem(KEY); } catch { return null; }
  }

  function keep() {
    try { localStorage.setItem(KEY, JSON.stringify(work)); } catch { message.textContent = "Ce navigateur ne garde pas vos réponses : exportez-les avant de fermer."; }
    progress();
  }

  function tie(exercise, article) {
    const form = article.querySelector("form");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      answer(exercise, article, given(exercise, form));
    });
    article.querySelector(".give-up").addEventListener("click", () => open(exercise, article, true));
    const done = work.answers[exercise.id];
    if (!done) return;
    put(exercise, form, done.given);
    show(exercise, article, done);
  }

  // What a form holds, as `judge` reads it.
  function given(exercise, form) {
    const data = new FormData(form);
    if (exercise.ask === "choice") return Number(data.get("reponse") ?? -1);
    if (exercise.ask === "score") return exercise.statements.map((_, rank) => data.get(`reponse-${rank}`) ?? "").join(" ");
    if (exercise.ask === "codes") return `${exercise.segments.map((_, rank) => (data.has(`reponse-${rank}`) ? 1 : 0)).join("")} ${data.get("reponse").trim()}`;
    return data.get("reponse");
  }

  // An answer put back in its form.
  function put(exercise, form, kept) {
    const parts = String(kept).split(" ");
    const check = (name, value) => form.querySelector(`[name="${name}"][value="${value}"]`)?.click();
    if (exercise.ask === "choice") check("reponse", kept);
    else if (exercise.ask === "score") parts.forEach((one, rank) => check(`reponse-${rank}`, one));
    else if (exercise.ask === "codes") {
      [...parts[0]].forEach((one, rank) => { form.elements[`reponse-${rank}`].checked = one === "1"; });
      form.elements.reponse.value = parts[1] ?? "";
    } else form.elements.reponse.value = kept;
  }

  function answer(exercise, article, given) {
    const { state } = Exercises.judge(exercise, given);
    const before = work.answers[exercise.id];
    const tries = (before?.tries ?? 0) + (state === "unread" ? 0 : 1);
    const done = { given, state, tries, opened: before?.opened ?? false };
    if (state !== "unread") work.answers[exercise.id] = done;
    show(exercise, article, done);
    article.querySelector(".said").scrollIntoView({ block: "nearest" });
    if (state !== "unread") keep();
    if (state === "right" || state === "read" || tries >= 2) open(exercise, article, false);
  }

  function show(exercise, article, done) {
    const said = Exercises.judge(exercise, done.given);
    const place = article.querySelector(".said");
    place.textContent = said.feedback;
    place.dataset.state = said.state;
    if (done.opened) article.querySelector(".solution").hidden = false;
  }

  function open(exercise, article, asked) {
    article.querySelector(".solution").hidden = false;
    const done = work.answers[exercise.id];
    if (done && !done.opened && (asked || done.state !== "right")) { done.opened = true; keep(); }
  }

  function progress() {
    const done = Object.values(work.answers).filter((one) => one.state === "right" || one.state === "read").length;
    document.getElementById("avancement").textContent = `${done} sur ${course.exercises.length}`;
  }

  function download() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([Exercises.exported(course, work)], { type: "text/plain;charset=utf-8" }));
    link.download = "exercices-reponses.txt";
    link.click();
    URL.revokeObjectURL(link.href);
  }

  function again() {
    if (!confirm("Effacer toutes vos réponses ?")) return;
    work = Exercises.fresh(course.fingerprint);
    keep();
    location.reload();
  }
}
