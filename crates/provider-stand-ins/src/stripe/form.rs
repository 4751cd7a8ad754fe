//! The form of the API's parameters: names with brackets, which make objects and lists.
//!
//! `a[b]=1` is an object, `a[0]=1` and `a[]=1` are lists. The numbers of a list begin at 0 and
//! leave none out, in whatever order they come. Of a name that is given twice the last value
//! counts.

use super::error::ApiError;

/// A value: a text, or an object or list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    Text(String),
    Inner(Vec<(String, Node)>),
}

/// Decodes pairs of names and values.
pub(super) fn decode(pairs: &[(String, String)]) -> Result<Vec<(String, Node)>, ApiError> {
    let mut root = Vec::new();
    for (name, value) in pairs {
        let Some(path) = path(name) else {
            return Err(unknown(name));
        };
        insert(&mut root, &path, value).ok_or_else(|| {
            ApiError::invalid(format!("Invalid object: {name} is given in two forms."))
                .param(path.first().copied().unwrap_or_default())
        })?;
    }
    Ok(root)
}

pub(super) fn unknown(name: &str) -> ApiError {
    ApiError::invalid(format!("Received unknown parameter: {name}"))
        .code("parameter_unknown")
        .param(name)
}

/// The steps of a name: `a[b][0]` is `a`, `b`, `0`.
fn path(name: &str) -> Option<Vec<&str>> {
    let (first, mut rest) = match name.find('[') {
        Some(place) => name.split_at(place),
        None => (name, ""),
    };
    if first.is_empty() || first.contains(']') {
        return None;
    }
    let mut steps = vec![first];
    while !rest.is_empty() {
        let (step, after) = rest.strip_prefix('[')?.split_once(']')?;
        if step.contains('[') {
            return None;
        }
        steps.push(step);
        rest = after;
    }
    Some(steps)
}

fn insert(into: &mut Vec<(String, Node)>, path: &[&str], value: &str) -> Option<()> {
    let (step, rest) = path.split_first()?;
    // An empty step is the next place of a list.
    let step = match *step {
        "" => into.len().to_string(),
        step => step.to_owned(),
    };
    let place = into.iter().position(|(name, _)| *name == step);
    let place = place.unwrap_or_else(|| {
        into.push((step, Node::Inner(Vec::new())));
        into.len() - 1
    });
    let (_, node) = into.get_mut(place)?;
    match node {
        Node::Inner(inner) if !rest.is_empty() => insert(inner, rest, value),
        Node::Text(_) if !rest.is_empty() => None,
        Node::Inner(inner) if !inner.is_empty() => None,
        node => {
            *node = Node::Text(value.to_owned());
            Some(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(query: &str) -> Result<Vec<(String, Node)>, ApiError> {
        decode(&serde_urlencoded::from_str::<Vec<(String, String)>>(query).unwrap())
    }

    fn text(value: &str) -> Node {
        Node::Text(value.into())
    }

    #[test]
    fn brackets_make_objects_and_lists() {
        let inner = vec![("c".to_owned(), text("1")), ("d".to_owned(), text("2"))];
        let list = Node::Inner(vec![("0".to_owned(), Node::Inner(inner))]);
        let expected = vec![("a".to_owned(), Node::Inner(vec![("b".to_owned(), list)]))];
        assert_eq!(
            decoded("a[b][0][c]=1&a%5Bb%5D%5B0%5D%5Bd%5D=2").unwrap(),
            expected
        );
        let places = vec![("0".to_owned(), text("x")), ("1".to_owned(), text("y"))];
        let expected = vec![("e".to_owned(), Node::Inner(places))];
        assert_eq!(decoded("e[]=x&e[]=y").unwrap(), expected);
    }

    #[test]
    fn what_is_malformed_is_refused() {
        for query in [
            "a[b=1",
            "a[b]c=1",
            "[a]=1",
            "=1",
            "a]=1",
            "a[b[c]]=1",
            "a=1&a[b]=2",
            "a[b]=2&a=1",
        ] {
            assert!(decoded(query).is_err(), "{query}");
        }
    }
}
