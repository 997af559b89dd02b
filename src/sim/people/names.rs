//! Invented people: first names and family names of many places, put together by chance.

/// No two are the same, so that a person can be told by the first name.
pub(super) const FIRST: [&str; 96] = [
    "Ana", "Ravi", "Mia", "Tom", "Lee", "Sam", "Noa", "Eli", "Zoe", "Max", "Kim", "Jo", "Aiko", "Bruno", "Chidi",
    "Dalia", "Emeka", "Freya", "Goran", "Hana", "Idris", "Jana", "Kofi", "Leila", "Mateo", "Nadia", "Omar", "Priya",
    "Quentin", "Rosa", "Samira", "Tariq", "Uma", "Viktor", "Wanjiru", "Ximena", "Yusuf", "Zainab", "Amara", "Bilal",
    "Carmen", "Dmitri", "Elif", "Farid", "Greta", "Haruto", "Ines", "Jorge", "Keiko", "Lars", "Malik", "Nils", "Olena",
    "Pavel", "Rania", "Stefan", "Thandi", "Ulf", "Vera", "Wei", "Yara", "Zeynep", "Anouk", "Basil", "Cleo", "Diego",
    "Esra", "Femi", "Gita", "Hugo", "Ilse", "Jamal", "Kaya", "Linh", "Marek", "Mona", "Oksana", "Paolo", "Rune",
    "Sofia", "Tevita", "Urszula", "Vikram", "Wren", "Yuki", "Zuri", "Agnes", "Bao", "Ceren", "Dov", "Ebele", "Fatou",
    "Gustavo", "Henrik", "Ioana", "Juma",
];

pub(super) const LAST: [&str; 60] = [
    "Lopez", "Rao", "Keller", "Okafor", "Tanaka", "Berg", "Novak", "Haddad", "Silva", "Mensah", "Kowalska", "Petrov",
    "Ito", "Nguyen", "Larsen", "Demir", "Moyo", "Costa", "Fischer", "Iyer", "Jansen", "Kamau", "Lindholm", "Marino",
    "Nasser", "Oliveira", "Park", "Quispe", "Rossi", "Sato", "Toledo", "Ueda", "Varga", "Wolff", "Yilmaz", "Zhou",
    "Adeyemi", "Bianchi", "Castro", "Dubois", "Eriksen", "Farah", "Gomez", "Horvat", "Ibrahim", "Joshi", "Kaplan",
    "Lam", "Mbeki", "Nowak", "Otieno", "Pillai", "Reyes", "Shrestha", "Thapa", "Unger", "Vargas", "Weber", "Ximenes",
    "Zeller",
];

/// Where people of a list that says nothing of zones are put.
pub(super) const ZONES: [&str; 10] = [
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "Asia/Kolkata",
    "Africa/Nairobi",
    "America/Sao_Paulo",
    "Asia/Kathmandu",
    "Europe/Lisbon",
    "Asia/Tokyo",
    "America/Los_Angeles",
];
