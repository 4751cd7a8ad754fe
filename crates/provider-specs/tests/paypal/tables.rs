//! Tables of what must be refused: a request that is taken, and one change of it at a time.

use provider_specs::Specs;
use serde_json::Value;

use crate::support::Request;

/// What is wrong, where, what stands there instead (nothing: it is left out), and what is said.
pub type Case = (&'static str, &'static str, Option<Value>, &'static str);

pub fn text(value: &str) -> Option<Value> {
    Some(Value::from(value))
}

/// Changes one place of a body; `None` if there is no such place. The last step of a place is a
/// field, which may be new.
fn changed(request: &Request, place: &str, value: Option<Value>) -> Option<Request> {
    let mut body: Value = serde_json::from_slice(&request.body).ok()?;
    let (parent, field) = place.rsplit_once('/')?;
    let parent = body.pointer_mut(parent)?.as_object_mut()?;
    match value {
        Some(value) => parent.insert(field.to_owned(), value),
        None => Some(parent.remove(field)?),
    };
    Some(request.clone().with_body(&body))
}

pub fn all_are_refused(specs: &Specs, good: &Request, cases: Vec<Case>) {
    assert_eq!(good.faults(specs), "", "the request without a change");
    for (what, place, value, said) in cases {
        let changed = changed(good, place, value);
        let changed = changed.unwrap_or_else(|| panic!("{what}: there is no {place}"));
        let faults = changed.faults(specs);
        assert!(faults.contains(said), "{what}: `{faults}` has no `{said}`");
    }
}

/// What is wrong, how it comes to be, and what is said.
pub type Change = (&'static str, fn(&mut Request), &'static str);

pub fn all_changes_are_refused(good: fn() -> Request, cases: &[Change]) {
    let Some(specs) = Specs::open() else { return };
    assert_eq!(good().faults(&specs), "", "the request without a change");
    for (what, change, said) in cases {
        let mut request = good();
        change(&mut request);
        let faults = request.faults(&specs);
        assert!(faults.contains(said), "{what}: `{faults}` has no `{said}`");
    }
}
