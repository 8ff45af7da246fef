//! Lexicon lines to checked senses: frame parsed, classes and constraints known, codes of the right form.

use super::frame::{Frame, HeadKind, Role};
use super::parse::parse;
use hashbrown::{HashMap, HashSet};
use record::{Plover, SmolStr};
use tables::patterns::{Class, ClassKind, Sense};

/// A sense whose line keeps all rules.
#[derive(Debug, Clone)]
pub struct Checked {
    /// `TYPE/lemma.number`.
    pub id: SmolStr,
    /// `file:line`.
    pub place: SmolStr,
    /// PLOVER type; `None` blocks the predicate.
    pub plover: Option<Plover>,
    /// PLOVER modes.
    pub modes: Vec<SmolStr>,
    /// CAMEO code.
    pub cameo: SmolStr,
    /// The frame, classes of the constraints written into its slots.
    pub frame: Frame,
    /// Classes that the doer must be of, wherever it is found; empty for anybody.
    pub doer: Vec<SmolStr>,
    /// Flags of the constraint column.
    pub flags: Vec<SmolStr>,
}

/// Flags that the constraint column may hold beside `src=`, `tgt=` and `obj=`.
///
/// `irrealis-complement`: the complement is not told as a fact. `future`: the act lies ahead. `not-sport`, `not-market`:
/// not when a side that is neither a state nor a force is named by a word of sport or of the market ("the coach
/// resigned"). `negated`: told by its negation ("does not recognise"), which is used up. `joint-cooperates`: done by
/// several countries together it is COOPERATE. `of-state`: only a state does it, so that told without a doer it is done by
/// the state of the place.
pub const FLAGS: [&str; 7] =
    ["irrealis-complement", "future", "negated", "joint-cooperates", "of-state", "not-sport", "not-market"];

/// Names of classes and what they are classes of.
pub struct ClassNames {
    kinds: HashMap<SmolStr, Vec<ClassKind>>,
    everyday: HashSet<SmolStr>,
    bodies: HashSet<SmolStr>,
}

impl ClassNames {
    /// Collects the names in `classes`.
    pub fn new(classes: &[Class<'_>]) -> Self {
        let mut kinds: HashMap<SmolStr, Vec<ClassKind>> = HashMap::new();
        let (mut everyday, mut bodies) = (HashSet::new(), HashSet::new());
        for c in classes {
            kinds.entry(c.name.into()).or_default().push(c.kind);
            match c.name {
                "everyday-verb" => everyday.extend(c.words().map(SmolStr::from)),
                "frame-body" => bodies.extend(c.words().map(SmolStr::from)),
                _ => {}
            }
        }
        ClassNames { kinds, everyday, bodies }
    }

    fn may_type(&self, role: Role, name: &str) -> bool {
        self.kinds.get(name).is_some_and(|kinds| {
            kinds.iter().any(|k| match role {
                Role::Obj => *k == ClassKind::Noun,
                _ => *k != ClassKind::List,
            })
        })
    }
}

/// Checks one line and compiles its frame.
///
/// # Errors
/// Text of what is wrong, with file and line, and the column where the frame is at fault.
pub fn check(sense: &Sense<'_>, names: &ClassNames) -> Result<Checked, String> {
    let at = |what: String| format!("{}: {}: {what}", sense.row().place(), sense.id());
    let plover = match sense.plover() {
        "NONE" => None,
        word => Some(word.parse::<Plover>().map_err(|e| at(format!("plover: {e}")))?),
    };
    let mut frame = parse(sense.frame(), sense.lemma(), sense.pos(), &names.bodies)
        .map_err(|e| at(format!("frame {:?}: {e}", sense.frame())))?;
    let mut flags = Vec::new();
    let mut doer = Vec::new();
    for constraint in sense.constraints() {
        match constraint.split_once('=') {
            Some((key, value)) if key.trim() == "src" => {
                doer = value.split('|').map(|c| SmolStr::from(c.trim())).collect();
                type_slot(&mut frame, "src", value.trim()).map_err(at)?;
            }
            Some((key, value)) => type_slot(&mut frame, key.trim(), value.trim()).map_err(at)?,
            None if FLAGS.contains(&constraint) => flags.push(constraint.into()),
            None => {
                return Err(at(format!(
                    "constraint {constraint:?} is none of src=, tgt=, obj= {}",
                    FLAGS.join(" ")
                )));
            }
        }
    }
    for slot in frame.slots() {
        for class in &slot.classes {
            if !names.may_type(slot.role, class) {
                return Err(at(format!(
                    "class {class:?} of {:?} is not in shared.tsv, or of the wrong kind",
                    slot.role
                )));
            }
        }
    }
    refuse_bare(&frame, names, plover).map_err(at)?;
    let cameo = sense.cameo();
    if plover.is_some()
        && !(cameo.len() >= 2 && cameo.len() <= 4 && cameo.bytes().all(|b| b.is_ascii_digit()))
    {
        return Err(at(format!("cameo is {cameo:?}, expected two to four digits")));
    }
    Ok(Checked {
        id: sense.id().into(),
        place: sense.row().place().into(),
        plover,
        modes: sense.modes().map(SmolStr::from).collect(),
        cameo: cameo.into(),
        frame,
        doer,
        flags,
    })
}

/// Writes the classes of `key=value` into the first slot of that role that has none.
fn type_slot(frame: &mut Frame, key: &str, value: &str) -> Result<(), String> {
    let roles: &[Role] = match key {
        "src" => &[Role::Src, Role::Both],
        "tgt" => &[Role::Tgt, Role::Both],
        "obj" => &[Role::Obj],
        _ => return Err(format!("constraint {key}= is none of src=, tgt=, obj=")),
    };
    let classes: Vec<SmolStr> = value.split('|').map(|c| SmolStr::from(c.trim())).collect();
    let mut todo: Vec<&mut super::frame::Element> =
        frame.before.iter_mut().chain(frame.after.iter_mut()).collect();
    while let Some(element) = todo.pop() {
        use super::frame::Element::*;
        match element {
            Slot(slot) if roles.contains(&slot.role) => {
                if slot.classes.is_empty() {
                    slot.classes = classes.clone();
                }
                return Ok(());
            }
            Prep { object, .. } => todo.push(object),
            To(list) | That(list) | Optional(list) => todo.extend(list.iter_mut()),
            _ => {}
        }
    }
    // A source that no position names is still checked when a doer is found (possessive, light verb).
    if key == "src" && frame.kind == HeadKind::Noun {
        Ok(())
    } else {
        Err(format!("{key}= types a slot that the frame lacks"))
    }
}

/// A verb of everyday use with bare slots only says nothing: refuse it, unless a slot is typed.
fn refuse_bare(frame: &Frame, names: &ClassNames, plover: Option<Plover>) -> Result<(), String> {
    use super::frame::Element::{Optional, Slot};
    let bare = frame.kind == HeadKind::Verb
        && plover.is_some()
        && frame.head.iter().any(|t| t.len() == 1 && names.everyday.contains(&t[0]))
        && frame.before.iter().chain(&frame.after).all(|e| match e {
            Slot(s) => s.classes.is_empty() && s.owns.is_empty(),
            Optional(_) => true,
            _ => false,
        });
    if bare { Err("bare frame of an everyday verb: type a slot or add words".to_owned()) } else { Ok(()) }
}
