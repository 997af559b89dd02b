//! What simulated people write. Invented, short, and about nothing real.

/// Added to an answer of 4 or 5.
pub(super) const CONTENT: [&str; 8] = [
    "Our last session gave me three things to try.",
    "We found a rhythm that works for both of us.",
    "I felt heard, and left with a plan.",
    "The book tip was spot on.",
    "We practised my talk together; that helped.",
    "It is good to have somebody outside of my team.",
    "We set a small goal and reached it.",
    "More of this, please.",
];

/// What somebody wants to be different in three months.
pub(super) const GOALS: [&str; 6] = [
    "I speak up in design reviews.",
    "I lead a small project from start to end.",
    "I know whom to ask outside of my team.",
    "I give a talk at our internal meetup.",
    "I say no to work that does not fit.",
    "I write proposals that others can decide on.",
];

/// Added to an answer of 3.
pub(super) const MIDDLING: [&str; 5] = [
    "It is fine, but we talk more about the project than about me.",
    "Half an hour is a little short.",
    "We had to move our session twice.",
    "I am still finding out what to ask for.",
    "Some weeks are better than others.",
];

/// Added to an answer of 1 or 2.
pub(super) const UNHAPPY: [&str; 6] = [
    "We keep postponing, and I do not want to push.",
    "I would like more concrete feedback.",
    "The conversation feels one-sided.",
    "I prepared questions, and we did not get to them.",
    "It is hard to find a time that suits both of us.",
    "I am not sure that we are a good match.",
];

/// Written by a coordinator to both of a pair.
pub(super) const TO_BOTH: [&str; 4] = [
    "It seems hard to find each other lately. Shall I help with a time?",
    "How about a short walk this week, without an agenda?",
    "I have a few questions that often help to begin again. Want them?",
    "If half an hour is too much, fifteen minutes are a session too.",
];

/// Written into a form that asks what would help.
pub(super) const HELP: [&str; 4] = [
    "Could somebody help us to find a time? Our calendars hardly overlap.",
    "I would like to talk about whether this match works for me.",
    "I do not know how to begin. A few ideas for a first session would help.",
    "I wrote twice and had no reply. What should I do?",
];

/// Parts of sentences in which "yes" is bad news.
pub(super) const TURNED: [&str; 6] =
    ["hold things back", "holds things back", "too little", "hard for me", "I wish we", "gets in the way"];
