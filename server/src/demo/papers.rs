//! Working papers of the demo: one accepted, one with a mentor's notes, one that was just sent, one being written.

use nadwa_domain::conference::Act;
use nadwa_domain::ids::{CommentId, PaperId, PersonId, SessionId, SlotId};
use nadwa_domain::paper::act::{Acceptance, Consent, Credit, NewComment, PaperAct, Publish, Saving};
use nadwa_domain::paper::call::Call;
use nadwa_domain::paper::field::{Field, Form, PaperText};
use nadwa_domain::{Lang, Role, Said, Span, Who};

use crate::demo::texts::said;
use crate::edge;
use crate::http::App;
use crate::http::manage::cards::new_pass;
use crate::http::papers::new_author;
use crate::played::graphemes;
use crate::rooms::Failure;

/// Most bytes of one file.
const MOST_BYTES: u64 = 20 * 1024 * 1024;
const DAY: i64 = 24 * 60;

/// Links of the demo's papers.
pub struct PaperLinks {
    /// A paper that its authors are changing.
    pub authors: String,
    /// The mentors' table.
    pub mentor: String,
}

/// What a demo paper says, field by field.
type Texts = &'static [(Field, &'static str)];

struct DemoPaper {
    lang: Lang,
    theme: u8,
    names: &'static [&'static str],
    texts: Texts,
}

const WISHED: DemoPaper = DemoPaper {
    lang: Lang::AR,
    theme: 0,
    names: &["مريم", "لينا", "سالم"],
    texts: &[
        (Field::Title(Lang::AR), "خط المساندة كما نتمناه: أسرع ردًّا وأقرب إلينا"),
        (Field::Title(Lang::EN), "The helpline we wish for: quicker and closer to us"),
        (
            Field::Summary(Lang::AR),
            "سألنا أربعين طالبًا وطالبة عن خط المساندة. أغلبهم لا يعرف الرقم، والانتظار صعب. نطلب ردًّا خلال دقيقة، وكتابةً إلى جانب المكالمة.",
        ),
        (
            Field::Summary(Lang::EN),
            "We asked forty students about the helpline. Most do not know its number, and waiting is hard. We ask for an answer within a minute, and for writing beside calling.",
        ),
        (
            Field::Seen,
            "سألنا 40 طالبًا وطالبة في ثلاث مدارس.\n\n- أغلبهم لا يعرف رقم خط المساندة.\n- من يعرفه يظن أن الردّ يتأخر.\n- كثير منهم يفضّل الكتابة.",
        ),
        (
            Field::Think,
            "الانتظار صعب حين يكون القلب مشغولًا. والكتابة أسهل من الكلام عند كثير منّا. قرأنا في CRC أن رأينا مهم.",
        ),
        (
            Field::Ask,
            "1. ردّ خلال دقيقة، ولو برسالة قصيرة.\n2. الكتابة والصورة، لا المكالمة وحدها.\n3. طفل في كل لجنة تختار **الكلمات**.",
        ),
        (Field::Message(0), "ردّ خلال دقيقة"),
        (Field::Message(1), "الكتابة والصورة، لا المكالمة وحدها"),
        (Field::Message(2), "طفل في كل لجنة"),
        (Field::Glossary, "CRC: اتفاقية حقوق الطفل\nخط المساندة: رقم نتحدث فيه مع شخص يسمعنا"),
    ],
};

const CHANGING: DemoPaper = DemoPaper {
    lang: Lang::AR,
    theme: 1,
    names: &["نورة", "يوسف"],
    texts: &[
        (Field::Title(Lang::AR), "مكان آمن في كل مدرسة"),
        (Field::Summary(Lang::AR), "نريد في كل مدرسة مكانًا هادئًا، وشخصًا نعرف اسمه."),
        (Field::Seen, "سألنا زملاءنا أين يذهبون حين يحزنون. قال كثير منهم: لا أعرف."),
        (Field::Think, "حين يكون المكان معروفًا نطلب المساعدة أسرع."),
        (Field::Ask, "غرفة هادئة في كل مدرسة.\nشخص بالغ نعرف اسمه."),
        (Field::Message(0), "غرفة هادئة في كل مدرسة"),
    ],
};

const SENT: DemoPaper = DemoPaper {
    lang: Lang::EN,
    theme: 0,
    names: &["Sam", "Aisha"],
    texts: &[
        (Field::Title(Lang::EN), "Write to us and we will write back"),
        (Field::Title(Lang::AR), "اكتبوا لنا ونكتب لكم"),
        (Field::Summary(Lang::EN), "A helpline should answer messages like a friend does: soon, and in our own words."),
        (
            Field::Seen,
            "We tried three helplines with a simple question. Two asked us to call. One answered by message after a day.",
        ),
        (Field::Think, "Calling is hard when somebody is in the next room. A message is quiet."),
        (Field::Ask, "- Answer messages every day until ten.\n- Say when you will answer.\n- Use simple words."),
        (Field::Message(0), "A message is quiet"),
    ],
};

const BEGUN: DemoPaper = DemoPaper {
    lang: Lang::AR,
    theme: 2,
    names: &["هدى"],
    texts: &[
        (Field::Title(Lang::AR), "كلمات نفهمها"),
        (Field::Seen, "قرأنا خمس صفحات لخطوط المساندة، ولم نفهم كل كلمة."),
    ],
};

/// Makes the call and the papers. `session` is where the accepted one is presented.
pub async fn make(app: &App, session: SessionId) -> Result<PaperLinks, Failure> {
    let now = app.rooms.clock().now();
    let conference = app.rooms.conference();
    conference.act(Who::Server, &Act::SetCall(Box::new(call(now)))).await?;
    let (organizer, mentor) = (issue(app, Role::Organizer).await?, issue(app, Role::Mentor).await?);
    accepted(app, organizer.0, session).await?;
    let authors = changing(app, mentor.0).await?;
    let sent = write(app, &SENT).await?;
    sent.act(app, sent.who, PaperAct::Submit).await?;
    write(app, &BEGUN).await?;
    Ok(PaperLinks { authors, mentor: mentor.1 })
}

async fn accepted(app: &App, organizer: Who, session: SessionId) -> Result<(), Failure> {
    let paper = write(app, &WISHED).await?;
    paper.act(app, paper.who, PaperAct::Publish { publish: Publish::Whole, credit: Credit::Names }).await?;
    paper.act(app, paper.who, PaperAct::Submit).await?;
    for person in &paper.authors {
        paper.act(app, organizer, PaperAct::NoteConsent { person: *person, consent: Consent::Given }).await?;
    }
    let slot = SlotId(edge::derived_id("slot of a paper", &[paper.id.0.as_bytes(), session.0.as_bytes()]));
    let (version, limit) = (app_version(app, paper.id).await, Span::minutes(5));
    paper.act(app, organizer, PaperAct::Accept(Acceptance { version, session, slot, after: None, limit })).await
}

async fn changing(app: &App, mentor: Who) -> Result<String, Failure> {
    let paper = write(app, &CHANGING).await?;
    paper.act(app, paper.who, PaperAct::Submit).await?;
    let note = |about, words, quote, instead| {
        PaperAct::Comment(Box::new(NewComment {
            id: CommentId(edge::fresh_id()),
            about: Some(about),
            words: text(about, words),
            quote: text(about, quote),
            instead: text(about, instead),
        }))
    };
    paper.act(app, mentor, note(Field::Ask, "طلب واضح وجميل. شكرًا!", "", "")).await?;
    paper.act(app, mentor, note(Field::Seen, "رقم واحد يكفي.", "كثير منهم", "سبعة من كل عشرة")).await?;
    let asked = "كم زميلًا سألتم؟ رقم واحد يساعد من يسمعكم.";
    paper.act(app, mentor, PaperAct::AskChange(text(Field::Seen, asked))).await?;
    Ok(paper.link)
}

/// A paper of the demo, and its authors' pass.
struct Made {
    id: PaperId,
    who: Who,
    link: String,
    authors: Vec<PersonId>,
}

impl Made {
    async fn act(&self, app: &App, who: Who, act: PaperAct) -> Result<(), Failure> {
        match app.rooms.paper(self.id).await? {
            Some(room) => app.rooms.act_on_paper(&room, who, &act, None).await,
            None => Ok(()),
        }
    }
}

async fn write(app: &App, demo: &DemoPaper) -> Result<Made, Failure> {
    let id = PaperId(edge::fresh_id());
    let (pass, link) = new_author(&app.public_url, id, None);
    let who = Who::Pass { id: pass.id, role: Role::Author };
    app.rooms.conference().act(Who::Server, &Act::Issue(pass)).await?;
    let mut made = Made { id, who, link, authors: vec![] };
    for name in demo.names {
        let person = PersonId(edge::derived_id("author", &[id.0.as_bytes(), name.as_bytes()]));
        app.rooms.remember(person, Said::new([(demo.lang, *name)])).await?;
        made.act(app, who, PaperAct::AddAuthor(person)).await?;
        made.authors.push(person);
    }
    let texts = demo.texts.iter().map(|(field, words)| (*field, text(*field, words))).collect();
    let saving = Saving { base: 0, form: Form::Guided, lang: demo.lang, theme: Some(demo.theme), texts };
    made.act(app, who, PaperAct::Save(Box::new(saving))).await?;
    Ok(made)
}

async fn issue(app: &App, role: Role) -> Result<(Who, String), Failure> {
    let (pass, link) = new_pass(&app.public_url, role, None);
    let who = Who::Pass { id: pass.id, role };
    app.rooms.conference().act(Who::Server, &Act::Issue(pass)).await?;
    Ok((who, link))
}

async fn app_version(app: &App, paper: PaperId) -> u32 {
    let room = app.rooms.paper(paper).await.ok().flatten();
    room.and_then(|room| room.state().submitted).unwrap_or_default()
}

fn text(field: Field, words: &str) -> PaperText {
    PaperText::parse(field, words, graphemes).unwrap_or_default()
}

fn call(now: nadwa_domain::Instant) -> Call {
    let themes = [
        ["خطوط المساندة", "Helplines", "Lignes d’aide"],
        ["أماكن آمنة", "Safe places", "Lieux sûrs"],
        ["كلمات بسيطة", "Simple words", "Mots simples"],
    ];
    Call {
        opens_at: now - Span::minutes(7 * DAY),
        closes_at: now + Span::minutes(14 * DAY),
        languages: Lang::all().collect(),
        max_words: 900,
        max_files: 6,
        max_bytes: MOST_BYTES,
        speaking: Span::minutes(5),
        asks: said([
            "ماذا رأيتم حولكم؟ ماذا تظنّون؟ وماذا تطلبون من الكبار؟\n\n- سؤال واحد صغير يكفي.\n- الكتابة وحدكم أو مع مجموعة.\n- شخص بالغ يساعد، ولا يغيّر كلماتكم.",
            "What did you see around you? What do you think? What do you ask of adults?\n\n- One small question is enough.\n- Write alone or as a group.\n- An adult helps, and changes none of your words.",
            "Qu’avez-vous vu autour de vous ? Qu’en pensez-vous ? Que demandez-vous aux adultes ?\n\n- Une petite question suffit.\n- Seul ou en groupe.\n- Un adulte aide, et ne change aucun de vos mots.",
        ]),
        example: said([
            "## ما رأيناه\n\nسألنا عشرة أطفال عن الطريق إلى المدرسة.\n\n## ما نظنّه\n\nالطريق قصير، لكنه بلا رصيف.\n\n## ما نطلبه\n\nرصيف واحد أمام المدرسة.",
            "## What we saw\n\nWe asked ten children about the way to school.\n\n## What we think\n\nThe way is short, but it has no pavement.\n\n## What we ask for\n\nOne pavement in front of the school.",
            "## Ce que nous avons vu\n\nNous avons demandé à dix enfants comment ils vont à l’école.\n\n## Ce que nous pensons\n\nLe chemin est court, mais sans trottoir.\n\n## Ce que nous demandons\n\nUn trottoir devant l’école.",
        ]),
        themes: themes.map(said).to_vec(),
        ..Call::default()
    }
}
