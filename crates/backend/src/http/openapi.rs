//! The API's description, made from the handlers: the committed `openapi.json`.

use api_types::Problem;
use utoipa::OpenApi as _;

use utoipa::openapi::OpenApi;

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Portico",
        version = "1",
        description = "What the client portal asks of a backend. Codes travel, sentences never do.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    components(schemas(Problem))
)]
struct Head;

/// The description of every endpoint of the API.
pub fn openapi() -> OpenApi {
    let mut described = Head::openapi();
    described.merge(super::api().into_openapi());
    described
}
