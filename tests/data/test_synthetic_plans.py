"""Synthetic answers of each study give back what it printed, recounted from the cells with plain pandas.

Nothing here reads the plans' targets, `derive` or `as_printed`: the expressions below say, cell by cell, what each
printed number counts; their values are those of `printed.csv`.
"""

from fractions import Fraction
from functools import cache

import pingouin
import pytest

from relecture import load_study
from relecture.answers.coded import scores
from relecture.answers.questionnaire import instrument
from relecture.answers.synthetic import generate

STUDIES = ("ajoodha", "guefif", "zerhoui")


@cache
def study_of(name):
    return load_study(name)


@cache
def form_of(name):
    return instrument.load(study_of(name))


@cache
def held_tables():
    rebuilt = study_of("guefif").printed.contingency_tables("bivariee", "or", (32, 49))
    return rebuilt.set_index("name")[["a", "b", "c", "d"]].apply(tuple, axis="columns").to_dict()


@cache
def drawn(name, n=None, seed=2023):
    return study_of(name).synthetic(n=n, seed=seed)


def table(name, n=None, seed=2023):
    return drawn(name, n, seed).account.set_index("target")


def printed(name, *starts, kinds=("count",)):
    rows = study_of(name).rows
    return [(row.address, row.value) for row in rows if row.kind in kinds and row.address.startswith(starts)]


TABLES = {
    "ajoodha": (("table1.", "reception.", "discussion.obligations", "discussion.sans_mss"), ("count", "percent")),
    "guefif": (("flux.", "table1.", "principal.score", "secondaire"), ("count", "mean", "sd", "median")),
    "zerhoui": (("tableau", "texte.", "echantillon.n"), ("count",)),
}


@pytest.mark.parametrize("name", STUDIES)
@pytest.mark.parametrize("n", [None, 130])
def test_every_number_of_the_printed_tables_is_accounted_for_once(name, n):
    (starts, kinds), account = TABLES[name], table(name, n)
    assert account.index.is_unique
    assert dict(printed(name, *starts, kinds=kinds)).items() <= account["wanted"].to_dict().items()
    assert account.loc[~account["reproduced"], "reason"].ne("").all()
    same = account["reproduced"] & ~account.index.str.startswith("x_")
    assert account.loc[same, "wanted"].eq(account.loc[same, "obtained"]).all()


UNHELD = {
    "ajoodha": {"reception.liberaux.parfois.pourcentage", "reception.liberaux.toujours.pourcentage"},  # 14/46 = 30,43
    "guefif": {
        "table1.motif_consultation.les_deux.utilisateurs",  # 23 answers printed for 21 respondents
        "principal.score.moyenne.non_utilisateurs",  # (17 x 61,9 + 43 x 40,7) / 60 = 46,7
        "principal.score.ecart_type.non_utilisateurs",
    },
    "zerhoui": {address for address, _ in printed("zerhoui", "tableau1.")},  # not asked by the form
}


@pytest.mark.parametrize("name", STUDIES)
@pytest.mark.parametrize("seed", [2023, 1, 2])
def test_only_what_cannot_hold_is_missed(name, seed):
    account = table(name, None, seed)
    missed = {target for target in account.index[~account["reproduced"]] if not target.startswith("x_")}
    assert missed == UNHELD[name]


# ---------------------------------------------------------------- Ajoodha: one cell a number


@pytest.mark.parametrize(("address", "value"), printed("ajoodha", "table1.", "reception."))
def test_ajoodha(address, value):
    question, choice = address.removeprefix("table1.").removesuffix(".effectif").rsplit(".", 1)
    assert str((drawn("ajoodha").frame[question] == choice).sum()) == value


@pytest.mark.parametrize(
    ("address", "column", "cell"),
    [
        ("discussion.sans_mss", "equipement", "non"),
        ("discussion.obligations.connues", "obligations_connues", "oui"),
        ("discussion.obligations.respectees", "obligations_respectees", "oui"),
    ],
)
def test_ajoodha_percentages_of_all(address, column, cell):
    frame = drawn("ajoodha").frame
    assert 100 * (frame[column] == cell).sum() / len(frame) == int(study_of("ajoodha")[address])


def test_ajoodha_lost_charts_are_said_to_be_at_random():
    free = drawn("ajoodha").at_random
    assert {"canaux_patients", "messageries", "envoi.liberaux", "reception.pharmaciens", "telephone"} <= set(free)
    assert not {"equipement", "sexe", "reception.liberaux"} & set(free)


@pytest.mark.parametrize("seed", [2023, 1, 2, 3])
def test_ajoodha_answers_say_what_the_text_says_in_words(seed):
    """Oracle: sentences of the discussion (l. 367-389), which no number accompanies."""
    frame = drawn("ajoodha", None, seed).frame
    asked = ("canaux_patients", "canaux_liberaux", "canaux_hospitaliers", "raisons", "messageries")
    ticks = {item: frame.filter(regex=rf"^{item}\.").eq("1").sum().rename(lambda name: name.partition(".")[2])
             for item in asked}  # fmt: skip
    assert {ticks[f"canaux_{who}"].idxmax() for who in ("patients", "liberaux", "hospitaliers")} == {"telephone"}
    assert ticks["canaux_hospitaliers"]["sms"] == 0 < ticks["canaux_liberaux"]["sms"]
    assert not any(ticks["canaux_liberaux"][["fax", "messagerie_instantanee", "messagerie_securisee"]])
    assert ticks["raisons"].nlargest(2).index.tolist() == ["gain_de_temps", "obligations_legales"]
    assert ticks["messageries"]["apicrypt"] > 1.5 * ticks["messageries"].drop("apicrypt").max()
    equipped = frame[frame["equipement"] == "oui"]
    assert equipped["anciennete"].isin(["moins_5", "de_5_a_10"]).mean() > 0.5 < (frame["rgpd_connu"] == "non").mean()
    assert equipped["envoi_frequence"].isin(["jamais", "rarement"]).all() and frame["mss_entendue"].eq("oui").all()
    assert frame.loc[frame["equipement"] == "non", "age"].eq("plus_55").all()


# ---------------------------------------------------------------- Zerhoui: what each number counts


@cache
def zerhoui():
    """Address -> who is counted, read on the form; the last step may be any of the choices."""
    frame = drawn("zerhoui").frame
    is_ = lambda column, cell: frame[column] == cell  # noqa: E731
    common, fresh = is_("cle_bureau_commune", "oui"), is_("systeme_a_jour", "oui")
    windows, mac = is_("systeme", "windows10"), is_("systeme", "macos")
    found = {
        "echantillon.n": frame["ordinateur"] == "oui",
        "texte.rgpd.connu": is_("rgpd_connu", "oui"),
        "texte.cle.aucune": is_("cle_bureau_commune", "aucune"),
        "tableau2.cle.aucune.bureau": is_("cle_bureau_commune", "aucune"),
        "tableau2.cle.digicode.bureau": common & is_("cle_cabinet", "digicode"),
        "texte.camera": is_("camera", "oui"),
        "tableau2.presence.camera": is_("camera", "oui"),
        "tableau2.presence.alarme": is_("alarme", "oui"),
        "tableau2.presence.fermeture": is_("fermeture", "oui"),
        "texte.verrouillage": is_("verrouillage", "oui"),
        "texte.wep": is_("wifi_cle", "wep"),
        "texte.sauvegarde.disque_interne": is_("sauvegarde", "disque_interne"),
        "texte.papier.numerise": is_("courriers", "numerise"),
        "tableau3.windows.a_jour": windows & fresh,
        "tableau3.windows.non_a_jour": windows & ~fresh,
        "tableau3.windows.obsolete": is_("systeme", "windows_obsolete"),
        "tableau3.macos.a_jour": mac & fresh,
        "tableau3.macos.non_a_jour": mac & ~fresh,
        "tableau3.macos.obsolete": is_("systeme", "macos_obsolete"),
        "tableau3.protection.antivirus": is_("protection", "oui") & frame["systeme"].str.startswith("windows"),
        "tableau3.protection.parefeu": is_("protection", "oui") & frame["systeme"].str.startswith("windows"),
        "tableau4.pratique.papier": is_("pratique_papier", "oui"),
        "tableau4.pratique.renouvellement": is_("pratique_renouvellement", "oui"),
        "tableau5.moyen.non_securisee.hors_sante": is_("moyen_hors_sante.personnelle", "1"),
        "tableau4.mode.aucun.logiciel": frame["mode_logiciel"].isin(["aucun", "enregistre"]),
    }
    for key in ("simple", "securisee"):
        same = common & is_("cle_cabinet", key)
        found[f"tableau2.cle.{key}.bureau"] = same | is_("cle_bureau_propre", key)
        found[f"tableau2.cle.{key}.bureau.identique"] = same
    for key in ("aucune", "simple", "securisee", "digicode"):
        found[f"tableau2.cle.{key}.cabinet"] = is_("cle_cabinet", key)
    for who in ("entretien", "secretaire", "autre_professionnel", "interne"):
        found[f"tableau2.acces.{who}"] = is_(f"acces.{who}", "1")
    for place in ("piece", "armoire_fermee", "armoire_ouverte"):
        found[f"texte.papier.{place}"] = is_(f"papier.{place}", "1")
    for mode in ("aucun", "faible", "fort", "cps", "double"):
        found[f"tableau4.mode.{mode}.session"] = is_("mode_session", mode)
        found.setdefault(f"tableau4.mode.{mode}.logiciel", is_("mode_logiciel", mode))
    for way in ("courrier", "fax", "telephone", "sms", "non_securisee", "securisee"):
        for whom in ("ville", "hopital", "hors_sante"):
            column = f"moyen_{whom}.{way}"
            found |= {f"tableau5.moyen.{way}.{whom}": is_(column, "1")} if column in frame else {}
    return found


ZERHOUI = [
    pair
    for pair in printed("zerhoui", "echantillon", "tableau2", "tableau3", "tableau4", "tableau5", "texte")
    if not pair[0].endswith(".sur")
]


@pytest.mark.parametrize(("address", "value"), ZERHOUI)
def test_zerhoui(address, value):
    assert str(zerhoui()[address].sum()) == value


# ---------------------------------------------------------------- Guefif


CODED = {  # choices of the form that the printed table counts together
    "mixte": ["mixte_liberale", "mixte_hospitaliere"],
    "moins_30": ["de_1_a_10", "de_10_a_15", "de_15_a_20", "de_20_a_30"],
    "une_ou_plus": ["moins_5", "de_1_a_5", "de_5_a_10", "plus_10"],
    "hebdomadaire_ou_plus": ["quotidienne", "plusieurs_par_semaine", "hebdomadaire"],
    "moins_hebdomadaire": ["plusieurs_par_mois", "mensuelle"],
    "exercice.rurale": ["exercice.rurale", "exercice.semi_rurale"],
    "interlocuteurs.interne": ["interlocuteurs.interne_generaliste", "interlocuteurs.interne_autre"],
    "interlocuteurs.autres": ["interlocuteurs.autre"],
}
OTHERS = [f"patientele.{one}" for one in "femme homme equivalent senior adulte adulte_jeune enfant ehpad".split()]


def guefif(frame, address):
    _, question, choice, group = address.split(".")
    people = frame[frame["predice"] == {"utilisateurs": "oui", "non_utilisateurs": "non"}[group]]
    if question == "moyen":
        usual = (people["canal_prefere"] == "usuel") & (people["canal_usuel"] == choice)
        return (usual | ((people["canal_prefere"] == "messagerie") & (people["messagerie"] == choice))).sum()
    if (question, choice) == ("objets", "pas_de_reponse"):
        return people.filter(regex=r"^objets\.").eq("sans_reponse").all(axis=1).sum()
    if (question, choice) == ("patientele", "autres"):
        return people[OTHERS].eq("1").to_numpy().sum()
    name = f"{question.replace('patientele_autres', 'patientele')}.{choice}"
    columns = CODED.get(name, [name])
    if columns[0] in people:
        return people[columns].eq("1").any(axis=1).sum()
    return people[question].isin(CODED.get(choice, [choice])).sum()


@pytest.mark.parametrize(("address", "value"), printed("guefif", "table1."))
def test_guefif(address, value):
    found = str(guefif(drawn("guefif").frame, address))
    assert found == ("10" if address in UNHELD["guefif"] else value)


POINTS = {"accord_complet": 4, "accord": 3, "desaccord": 2, "desaccord_complet": 1}
UNSECURED = ["telephone", "whatsapp", "sms", "email_personnel", "telegram", "messenger", "courrier", "skype"]


@pytest.mark.parametrize(
    ("where", "mean", "sd"),
    [
        ("predice", "principal.score.moyenne.utilisateurs", "principal.score.ecart_type.utilisateurs"),
        ("secured", "secondaire1.score.moyenne.autres_securises", "secondaire1.score.ecart_type.autres_securises"),
        ("unsecured", "secondaire1.score.moyenne.non_securises", "secondaire1.score.ecart_type.non_securises"),
    ],
)
def test_guefif_scores_are_sums_of_twenty_ratings(where, mean, sd):
    frame, study = drawn("guefif").frame, study_of("guefif")
    ratings = frame.filter(regex=r"^ess\.").replace(POINTS).astype(int)
    channel = frame["canal_usuel"].where(frame["canal_prefere"] == "usuel", frame["messagerie"])
    users, loose = frame["predice"] == "oui", channel.isin(UNSECURED)
    total = ratings.sum(axis=1)[{"predice": users, "secured": ~users & ~loose, "unsecured": ~users & loose}[where]]
    assert ratings.shape == (81, 20)
    assert [f"{total.mean():.1f}".replace(".", ","), f"{total.std():.1f}".replace(".", ",")] == [study[mean], study[sd]]
    one = form_of(study.name)
    assert (scores.score(one, frame, "score")["score"][total.index] == total).all()


def test_guefif_more_than_five_visits_are_told_apart():
    """Exposed of the table are those whose form says five visits or more; their outcome follows the plan's."""
    frame = drawn("guefif").frame
    a, b, _, _ = held_tables()["visites"]
    assert table("guefif").loc["x_visites", "reproduced"]
    assert frame["visites"].isin(["de_5_a_10", "plus_10"]).sum() == a + b


# ---------------------------------------------------------------- Guefif: tables held, with the sizes that they have

FULL = {"sexe": (20, 23, 18, 20), "senior": (19, 12, 19, 31), "teleconsultation": (20, 16, 18, 27)}
FEW = {  # 32 and 49 respondents: the only integer tables with the printed intervals and printed margins
    "sexe": (17, 26, 15, 23), "patients": (12, 15, 20, 34), "zonage": (15, 28, 17, 21),
    "visites": (14, 9, 18, 40), "interlocuteurs": (20, 35, 12, 14),
}  # fmt: skip
SECURED = ["mssante", "reunion", "idomed", "parole", "healphi", "email_professionnel"]


@cache
def holding(name, seed=2023):
    study, tables = study_of("guefif"), {"libre": {}, "38-43": FULL, "32-49": FEW}[name]
    plan = study.document("synthetic.yaml")
    made = generate.coded(form_of("guefif"), plan, study.values, tables=tables, seed=seed)
    return made.frame, made.account.set_index("target"), tables


def ticks(frame, item, choices=None):
    return frame.filter(regex=rf"^{item}\.({'|'.join(choices or ['.*'])})$").eq("1")


def interlocutors(frame):
    """The two sorts of interns are counted as one."""
    interns = ticks(frame, "interlocuteurs", ["interne_generaliste", "interne_autre"])
    return ticks(frame, "interlocuteurs").sum(axis=1) - interns.sum(axis=1) + interns.any(axis=1)


EXPOSED = {
    "sexe": lambda frame: frame["genre"] == "masculin",
    "senior": lambda frame: frame["patientele.plus_75_polypathologique"] == "1",
    "teleconsultation": lambda frame: frame["teleconsultations"].isin(["de_1_a_5", "de_5_a_10", "plus_10"]),
    "patients": lambda frame: frame["consultations"] == "plus_30",
    "zonage": lambda frame: frame["exercice.urbaine"] == "1",
    "visites": lambda frame: frame["visites"].isin(["de_5_a_10", "plus_10"]),
    "interlocuteurs": lambda frame: interlocutors(frame) > 3,
}


@pytest.mark.parametrize("name", ["38-43", "32-49"])
@pytest.mark.parametrize("seed", range(5))
def test_guefif_holds_the_tables_given(name, seed):
    frame, account, tables = holding(name, seed)
    channel = frame["canal_usuel"].where(frame["canal_prefere"] == "usuel", frame["messagerie"])
    secured = channel.isin(["predice_pro", *SECURED, *(["doctolib_team"] if name == "38-43" else [])])
    for covariate, wanted in tables.items():
        exposed = EXPOSED[covariate](frame)
        found = tuple(int((exposed.eq(x) & secured.eq(y)).sum()) for x in (True, False) for y in (True, False))
        assert found == wanted
        assert account.loc[f"x_{covariate}", "reproduced"]


@pytest.mark.parametrize("name", ["libre", "38-43", "32-49"])
@pytest.mark.parametrize("seed", range(5))
def test_guefif_misses_the_same_whatever_is_held(name, seed):
    _, account, tables = holding(name, seed)
    free = {f"x_{covariate}" for covariate in study_of("guefif").document("synthetic.yaml")["covariates"]}
    free -= {f"x_{covariate}" for covariate in tables}
    assert set(account.index[~account["reproduced"]]) == UNHELD["guefif"] | free


HOPELESS = [
    ("sexe", (20, 24, 18, 19), "44 exposés"),  # 43 men are printed
    ("sexe", (21, 22, 19, 19), "aucun classement des moyens ne donne 40 et 41"),
    ("densite", (3, 2, 35, 41), "5 exposés"),  # 4 practices in a ZIP are printed
    ("outils", (38, 43, 0, 0), "aucune grille"),  # not enough tools ticked for everybody to have four
    ("visites", (38, 43, 0, 0), "exposés"),  # ten made no visit
]


@pytest.mark.parametrize(("name", "table", "reason"), HOPELESS)
def test_guefif_a_table_that_cannot_hold_is_accounted_for(name, table, reason):
    study = study_of("guefif")
    plan = study.document("synthetic.yaml")
    made = generate.coded(form_of("guefif"), plan, study.values, tables={name: table})
    row = made.account.set_index("target").loc[f"x_{name}"]
    assert not row["reproduced"]
    assert reason in row["reason"]


def test_guefif_ages_are_met_by_truncation():
    account = table("guefif")
    for group, mean, sd in (("utilisateurs", "41.09", "8.39"), ("non_utilisateurs", "41.71", "11.55")):
        frame = drawn("guefif").frame
        age = frame.loc[frame["predice"] == {"utilisateurs": "oui"}.get(group, "non"), "age"].astype(int)
        assert (str(age.mean())[:5], str(age.std())[: len(sd)]) == (mean, sd)
        assert str(int(age.median())) == study_of("guefif")[f"table1.age.mediane.{group}"]
        assert account.loc[f"table1.age.moyenne.{group}", "reason"] == "retrouvé par troncature"


def test_guefif_ratings_agree_with_one_another():
    ratings = drawn("guefif").frame.filter(regex=r"^ess\.").replace(POINTS).astype(int)
    assert pingouin.cronbach_alpha(ratings)[0] > 0.9
    assert len(ratings.T.drop_duplicates()) == 20


def test_guefif_group_sizes_by_outcome():
    from relecture.answers.synthetic import reading

    study = study_of("guefif")
    plan = reading.read(form_of("guefif"), study.document("synthetic.yaml"), study.values)
    assert plan.with_and_without("securise_restreint") == (32, 49)
    assert plan.with_and_without("securise") == (38, 43)


@pytest.mark.parametrize(
    ("name", "column", "cell"),
    [("guefif", "predice", "oui"), ("guefif", "genre", "masculin"), ("ajoodha", "age", "plus_55"),
     ("ajoodha", "equipement", "oui"), ("zerhoui", "mode_logiciel", "cps"), ("zerhoui", "cle_cabinet", "simple"),
     ("zerhoui", "acces.interne", "1")],
)  # fmt: skip
def test_a_share_of_another_number_is_one_respondent_away_at_most(name, column, cell):
    own, more = drawn(name).frame, drawn(name, 130).frame
    share = Fraction(int((own[column] == cell).sum()), len(own)) * 130
    groups = 2 if name == "guefif" else 1  # shared out in each of the groups compared
    assert abs((more[column] == cell).sum() - share) < groups
