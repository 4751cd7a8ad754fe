//! Forms with brackets, such as `line_items[0][quantity]=1`, as trees of texts.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// A node of the tree.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// A value.
    Leaf(String),
    /// What stands in brackets, or the whole form.
    Branch(BTreeMap<String, Self>),
}

/// Makes the tree of a form's pairs.
///
/// # Errors
/// Says which names cannot be read, stand there twice, or have both a value and brackets.
pub(super) fn tree(pairs: Vec<(String, String)>) -> Result<Node, Vec<String>> {
    let mut root = BTreeMap::new();
    let mut wrong = Vec::new();
    for (name, value) in pairs {
        let put = steps(&name).and_then(|steps| put(&mut root, &steps, value));
        wrong.extend(put.err().map(|why| format!("{name}: {why}")));
    }
    match wrong.is_empty() {
        true => Ok(Node::Branch(root)),
        false => Err(wrong),
    }
}

/// The name and what follows in brackets. Empty brackets are refused: they would leave the order of
/// what they number to whoever reads them.
fn steps(name: &str) -> Result<Vec<&str>, &'static str> {
    let (first, rest) = name.split_at(name.find('[').unwrap_or(name.len()));
    let is_word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    if first.is_empty() || !first.bytes().all(is_word) {
        return Err("this is no name of a parameter");
    }
    let mut steps = vec![first];
    if rest.is_empty() {
        return Ok(steps);
    }
    let inner = rest
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .ok_or("its brackets do not close")?;
    steps.extend(inner.split("]["));
    match steps
        .iter()
        .any(|step| step.is_empty() || step.contains(['[', ']']))
    {
        true => Err("its brackets are empty or within each other"),
        false => Ok(steps),
    }
}

fn put(
    branch: &mut BTreeMap<String, Node>,
    steps: &[&str],
    value: String,
) -> Result<(), &'static str> {
    let [step, below @ ..] = steps else {
        return Err("it has no name");
    };
    match (branch.entry((*step).to_owned()), below) {
        (Entry::Vacant(place), []) => {
            place.insert(Node::Leaf(value));
            Ok(())
        }
        (Entry::Occupied(_), []) => Err("it stands there twice"),
        (place, below) => match place.or_insert_with(|| Node::Branch(BTreeMap::new())) {
            Node::Branch(branch) => put(branch, below, value),
            Node::Leaf(_) => Err("it has both a value and brackets"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree_of(pairs: &[(&str, &str)]) -> Result<Node, Vec<String>> {
        let pairs = pairs.iter();
        tree(
            pairs
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        )
    }

    #[test]
    fn names_that_cannot_be_read_are_refused() {
        for name in [
            "",
            "[a]",
            "a[",
            "a]",
            "a[]",
            "a[b",
            "a[b]c",
            "a[b]]",
            "a[[b]]",
            "a[b][]",
            "{\"a\":1}",
        ] {
            assert!(tree_of(&[(name, "x")]).is_err(), "{name}");
        }
        for twice in [["a", "a"], ["a[b]", "a[b]"], ["a", "a[b]"], ["a[b]", "a"]] {
            assert!(
                tree_of(&twice.map(|name| (name, "x"))).is_err(),
                "{twice:?}"
            );
        }
    }

    #[test]
    fn brackets_become_branches() {
        let tree = tree_of(&[("a[0][b c]", "x"), ("a[1]", "y")]).unwrap();
        let branch = |name: &str, node| BTreeMap::from([(name.to_owned(), node)]);
        let mut list = branch("0", Node::Branch(branch("b c", Node::Leaf("x".to_owned()))));
        list.extend(branch("1", Node::Leaf("y".to_owned())));
        assert_eq!(tree, Node::Branch(branch("a", Node::Branch(list))));
    }
}
