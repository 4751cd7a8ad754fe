//! Temporary.
#[test]
fn write_openapi() {
    let json = backend::http::openapi().to_pretty_json().unwrap();
    std::fs::write(
        concat!(env!("CARGO_MANIFEST_DIR"), "/crates/backend/openapi.json"),
        json + "\n",
    )
    .unwrap();
}
