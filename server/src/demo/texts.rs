//! What the demo says, in Arabic, English and French. Themes and kinds follow the announcement that Nadwa began with.

use nadwa_domain::session::plan::{Kind, SlotKind};
use nadwa_domain::{Lang, Said};

/// One thing in three languages: Arabic, English, French.
pub type Text = [&'static str; 3];

/// In every language of the interface that the demo speaks.
pub fn said(text: Text) -> Said {
    Said::new([Lang::AR, Lang::EN, Lang::FR].into_iter().zip(text))
}

/// Hard words and what they mean, one a line.
pub const GLOSSARY: Text = [
    "حماية الطفل: ما يفعله الكبار كي لا يؤذي أحد طفلًا\nخط المساندة: رقم نتصل به، ويسمعنا شخص بالغ",
    "child protection: what adults do so that nobody hurts a child\nhelpline: a number to call, where an adult listens",
    "protection de l’enfant : ce que font les adultes pour que personne ne fasse de mal à un enfant\nligne d’aide : un numéro où un adulte écoute",
];
pub const CONFERENCE: Text = [
    "المؤتمر الدولي لخطوط مساندة الطفل",
    "International Conference of Child Helplines",
    "Conférence internationale des lignes d’aide aux enfants",
];
pub const VENUE: Text = ["الدوحة", "Doha", "Doha"];
pub const SAFE_PLACE: Text = [
    "غرفة الهدوء، بجانب الباب الشرقي",
    "The quiet room, beside the east door",
    "La salle calme, à côté de la porte est",
];

pub const ROOMS: [Text; 4] = [
    ["قاعة السيلية", "Al Sailiya Hall", "Salle Al Sailiya"],
    ["قاعة اللؤلؤ", "Pearl Hall", "Salle de la Perle"],
    ["قاعة الدانة", "Al Dana Hall", "Salle Al Dana"],
    ["قاعة الوجبة", "Al Wajba Hall", "Salle Al Wajba"],
];

/// Helplines that must not be dialled: examples, and marked as such.
pub const HELPLINES: [Text; 3] = [
    ["بلد المثال الأول", "First example country", "Premier pays d’exemple"],
    ["بلد المثال الثاني", "Second example country", "Deuxième pays d’exemple"],
    ["بلد المثال الثالث", "Third example country", "Troisième pays d’exemple"],
];

pub const NOURA: Text = ["نورة", "Noura", "Noura"];
pub const HUDA: Text = ["هدى", "Huda", "Houda"];
pub const SALEM: Text = ["سالم", "Salem", "Salem"];
pub const MARIAM: Text = ["مريم", "Mariam", "Mariam"];
pub const YOUSSEF: Text = ["يوسف", "Youssef", "Youssef"];

/// A session of the programme: start and length in minutes from the live one's start, and the day after it.
pub struct DemoSession {
    pub day: i64,
    pub starts: i64,
    pub lasts: i64,
    pub room: usize,
    pub kind: Kind,
    pub code: Option<&'static str>,
    pub title: Text,
    pub theme: Text,
}

const PROTECTION: Text = ["حماية الطفل", "Child protection", "Protection de l’enfant"];
const PRACTICE: Text = ["أفضل الممارسات", "Best practices", "Bonnes pratiques"];
const EMERGENCY: Text = ["الاستجابة الطارئة", "Emergency response", "Réponse d’urgence"];
const GOALS: Text = ["أهداف التنمية", "Development goals", "Objectifs de développement"];
const LAWS: Text = ["القوانين والنظم والسياسات", "Laws, systems and policies", "Lois, systèmes et politiques"];
const NONE: Text = ["", "", ""];

/// The live session.
pub const LIVE: DemoSession = DemoSession {
    day: 0,
    starts: 0,
    lasts: 60,
    room: 0,
    kind: Kind::Panel,
    code: Some("471926"),
    title: ["أصواتنا في خطوط المساندة", "Our voices in the helplines", "Nos voix dans les lignes d’aide"],
    theme: PROTECTION,
};

/// The rest of the two days.
pub const OTHERS: [DemoSession; 12] = [
    DemoSession {
        day: 0,
        starts: -120,
        lasts: 30,
        room: 0,
        kind: Kind::Opening,
        code: Some("305817"),
        title: ["افتتاح المؤتمر", "Opening of the conference", "Ouverture de la conférence"],
        theme: NONE,
    },
    DemoSession {
        day: 0,
        starts: -85,
        lasts: 60,
        room: 0,
        kind: Kind::Panel,
        code: Some("618240"),
        title: [
            "مقاربة أمان في حماية الطفل وتجربة الخط الساخن",
            "Aman’s approach to child protection, and its hotline",
            "L’approche d’Aman et l’expérience de sa ligne",
        ],
        theme: PROTECTION,
    },
    DemoSession {
        day: 0,
        starts: -20,
        lasts: 20,
        room: 3,
        kind: Kind::Break,
        code: None,
        title: ["استراحة", "Break", "Pause"],
        theme: NONE,
    },
    DemoSession {
        day: 0,
        starts: 0,
        lasts: 90,
        room: 1,
        kind: Kind::Workshop,
        code: Some("259073"),
        title: [
            "صناعة الحملات الإعلامية الموجهة للطفل",
            "Making media campaigns for children",
            "Créer des campagnes pour les enfants",
        ],
        theme: PRACTICE,
    },
    DemoSession {
        day: 0,
        starts: 0,
        lasts: 90,
        room: 2,
        kind: Kind::Workshop,
        code: Some("740318"),
        title: [
            "أساليب التعامل مع الإساءة في المحيط المدرسي وآليات التبليغ عنها",
            "Dealing with abuse at school, and how to report it",
            "Faire face aux abus à l’école et les signaler",
        ],
        theme: PROTECTION,
    },
    DemoSession {
        day: 0,
        starts: 100,
        lasts: 60,
        room: 3,
        kind: Kind::ClosedMeeting,
        code: None,
        title: ["اللقاء التشاوري التحضيري", "Consultative meeting", "Réunion consultative"],
        theme: NONE,
    },
    DemoSession {
        day: 0,
        starts: 105,
        lasts: 60,
        room: 0,
        kind: Kind::Panel,
        code: Some("182659"),
        title: [
            "تحديات العمل في خطوط مساندة الطفل",
            "What makes helpline work hard",
            "Les défis du travail des lignes d’aide",
        ],
        theme: PRACTICE,
    },
    DemoSession {
        day: 1,
        starts: -60,
        lasts: 60,
        room: 0,
        kind: Kind::Panel,
        code: Some("936401"),
        title: [
            "آليات الاستجابة الطارئة لمساعدة الأطفال في الأزمات السياسية",
            "Emergency response for children in political crises",
            "Réponse d’urgence pour les enfants en temps de crise",
        ],
        theme: EMERGENCY,
    },
    DemoSession {
        day: 1,
        starts: 15,
        lasts: 60,
        room: 0,
        kind: Kind::Panel,
        code: Some("527194"),
        title: [
            "دور خطوط المساندة في أهداف التنمية 9 و16 و17",
            "Helplines and the development goals 9, 16 and 17",
            "Les lignes d’aide et les objectifs 9, 16 et 17",
        ],
        theme: GOALS,
    },
    DemoSession {
        day: 1,
        starts: 15,
        lasts: 60,
        room: 1,
        kind: Kind::Symposium,
        code: Some("803562"),
        title: ["حقوقنا بكلماتنا: ندوة توعوية", "Our rights in our words", "Nos droits avec nos mots"],
        theme: LAWS,
    },
    DemoSession {
        day: 1,
        starts: 90,
        lasts: 60,
        room: 0,
        kind: Kind::Panel,
        code: Some("364780"),
        title: [
            "القوانين والنظم والسياسات: أفضل الممارسات الدولية والإقليمية",
            "Laws, systems and policies: what works",
            "Lois, systèmes et politiques : ce qui marche",
        ],
        theme: LAWS,
    },
    DemoSession {
        day: 1,
        starts: 165,
        lasts: 30,
        room: 0,
        kind: Kind::Closing,
        code: Some("691538"),
        title: ["الختام والتوصيات", "Closing and recommendations", "Clôture et recommandations"],
        theme: NONE,
    },
];

/// A slot of the live session's run of show.
pub struct DemoSlot {
    pub kind: SlotKind,
    pub title: Text,
    pub cue: Text,
    pub speaker: Option<Text>,
    pub minutes: i64,
}

pub const RUN_OF_SHOW: [DemoSlot; 6] = [
    DemoSlot {
        kind: SlotKind::Opening,
        title: ["الترحيب وقواعدنا", "Welcome and our rules", "Bienvenue et nos règles"],
        cue: [
            "أهلًا بكم. نتكلم ببطء، ولا نقاطع أحدًا، ونسأل عمّا لا نفهم.",
            "Welcome. We speak slowly, we interrupt nobody, and we ask what we do not understand.",
            "Bienvenue. Nous parlons lentement, sans interrompre, et nous demandons ce que nous ne comprenons pas.",
        ],
        speaker: None,
        minutes: 3,
    },
    DemoSlot {
        kind: SlotKind::Paper,
        title: [
            "خط المساندة كما نتمناه: أسرع ردًّا وأقرب إلينا",
            "The helpline we wish for: quicker to answer, closer to us",
            "La ligne d’aide que nous voulons : plus rapide, plus proche",
        ],
        cue: [
            "والآن نسمع مريم. ورقتها عن خط المساندة الذي نتمناه.",
            "Now we hear Mariam. Her paper is about the helpline we wish for.",
            "Écoutons Mariam. Son texte parle de la ligne d’aide que nous voulons.",
        ],
        speaker: Some(MARIAM),
        minutes: 5,
    },
    DemoSlot {
        kind: SlotKind::Questions,
        title: ["أسئلة الجمهور", "Questions from the hall", "Questions de la salle"],
        cue: [
            "شكرًا يا مريم. سمعنا فكرة قوية: الردّ السريع يطمئن. والآن، أسئلتكم.",
            "Thank you, Mariam. A strong idea: a quick answer calms. And now, your questions.",
            "Merci, Mariam. Une idée forte : une réponse rapide rassure. Et maintenant, vos questions.",
        ],
        speaker: None,
        minutes: 12,
    },
    DemoSlot {
        kind: SlotKind::Speech,
        title: [
            "من يسمعنا في المدرسة؟ آليات التبليغ كما يراها الطلاب",
            "Who hears us at school? Reporting as pupils see it",
            "Qui nous écoute à l’école ? Le signalement vu par les élèves",
        ],
        cue: [
            "نسمع الآن يوسف. يتكلم للمرة الأولى، فلنصغِ إليه معًا.",
            "Now we hear Youssef. It is his first time: let us listen together.",
            "Écoutons Youssef. C’est sa première fois : écoutons ensemble.",
        ],
        speaker: Some(YOUSSEF),
        minutes: 5,
    },
    DemoSlot {
        kind: SlotKind::Poll,
        title: ["تصويت ختامي", "A last poll", "Un dernier vote"],
        cue: [
            "سؤال لنا جميعًا. الجواب على الهاتف، ولا أحد يعرف من اختار ماذا.",
            "A question for all of us. The answer goes on the phone, and nobody knows who chose what.",
            "Une question pour nous tous. On répond sur le téléphone, et personne ne sait qui a choisi quoi.",
        ],
        speaker: None,
        minutes: 3,
    },
    DemoSlot {
        kind: SlotKind::Closing,
        title: ["الشكر والختام", "Thanks", "Merci"],
        cue: [
            "انتهت جلستنا. شكرًا لكل من تكلم وسأل وأصغى.",
            "Our session is over. Thanks to everyone who spoke, asked and listened.",
            "Notre séance est finie. Merci à toutes les personnes qui ont parlé, demandé, écouté.",
        ],
        speaker: None,
        minutes: 2,
    },
];

/// A short pause in workshops, in which everybody moves.
pub const ENERGISER: DemoSlot = DemoSlot {
    kind: SlotKind::Energiser,
    title: ["نتحرك معًا", "We move together", "On bouge ensemble"],
    cue: [
        "نقف الآن، ونرفع أيدينا عاليًا، ونتنفس ببطء. من يفضّل الجلوس يبقى جالسًا.",
        "Let us stand, put our arms up high, and breathe slowly. Whoever prefers to sit stays seated.",
        "Levons-nous, les bras en l’air, et respirons lentement. On peut aussi rester assis.",
    ],
    speaker: None,
    minutes: 2,
};

/// Delegations that sit in the hall, so that turns go round.
pub const GROUPS: [Text; 3] = [
    ["وفد المغرب", "Delegation of Morocco", "Délégation du Maroc"],
    ["وفد قطر", "Delegation of Qatar", "Délégation du Qatar"],
    ["وفد السودان", "Delegation of Sudan", "Délégation du Soudan"],
];

/// What the children agreed on.
pub const RULES: [Text; 4] = [
    ["نتكلم ببطء", "We speak slowly", "Nous parlons lentement"],
    ["لا نقاطع أحدًا", "We interrupt nobody", "Nous n’interrompons personne"],
    ["نسأل عمّا لا نفهم", "We ask about what we do not understand", "Nous demandons ce que nous ne comprenons pas"],
    ["الصمت حقّ أيضًا", "Being silent is fine, too", "On a aussi le droit de se taire"],
];

pub const POLL: Text =
    ["كيف تصلنا المساندة أسرع؟", "How can support reach us faster?", "Comment l’aide peut-elle arriver plus vite ?"];
pub const POLL_OPTIONS: [Text; 4] = [
    ["رسالة مكتوبة", "A written message", "Un message écrit"],
    ["مكالمة", "A call", "Un appel"],
    ["شخص في المدرسة", "Someone at school", "Quelqu’un à l’école"],
    ["تطبيق على الهاتف", "An app on the phone", "Une application"],
];

/// Harmless questions: T01, T04, T05, T07, T11 and T13 of the requirements' test inputs.
pub const QUESTIONS: [&str; 6] = [
    "كيف نوصل صوتنا للمسؤولين بعد المؤتمر؟",
    "ما رأي UNICEF في تطبيق «ساعدني»؟",
    "What will happen with the ideas we gave today?",
    "ليش ما في خط مساندة يرد علينا بالواتساب؟",
    "can kids be the boss of the conference every year? 😀",
    "Is the word \"أمان\" the same as safety?",
];

/// Words that simulated phones say in a cloud.
pub const WORDS: [&str; 8] = ["أمان", "امان", "ثقة", "أصدقاء", "استماع", "وقت", "لعب", "صوت"];
