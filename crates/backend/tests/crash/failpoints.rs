//! The points themselves: each that the backend names is tried here.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

#[test]
fn the_backend_is_killed_at_every_point_that_it_names() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut named = BTreeMap::new();
    look_through(&root.join("src"), &mut |text| {
        for rest in text.split("failpoint!(\"").skip(1) {
            let name = rest.split('"').next().unwrap().to_owned();
            *named.entry(name).or_insert(0) += 1;
        }
    });
    assert!(named.len() > 10, "{named:?}");
    let mut tests = String::new();
    look_through(&root.join("tests/crash"), &mut |text| tests.push_str(text));
    for (name, times) in named {
        assert_eq!(times, 1, "{name} is two points");
        assert!(
            tests.contains(&format!("\"{name}\"")),
            "{name} is not tried"
        );
    }
}

fn look_through(folder: &Path, see: &mut impl FnMut(&str)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            look_through(&path, see);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            see(&fs::read_to_string(&path).unwrap());
        }
    }
}
