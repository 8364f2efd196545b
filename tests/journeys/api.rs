//! The description of the API.

use serde_json::Value;

use nadwa_tests::hall::Hall;

#[tokio::test]
async fn the_api_describes_itself_from_the_handlers_own_types() {
    let hall = Hall::open().await;
    let answer = reqwest::get(format!("{}/api/openapi.json", hall.app().public_url)).await.expect("an answer");
    assert_eq!(answer.status(), 200);
    let described: Value = serde_json::from_str(&answer.text().await.expect("text")).expect("JSON");
    assert_eq!(described["openapi"], "3.1.0");
    let ask = &described["paths"]["/s/{code}/questions"]["post"];
    let body = &ask["requestBody"]["content"]["application/json"]["schema"]["properties"];
    assert!(body["text"].is_object() && body["id"].is_object(), "{ask}");
    assert!(body["step"].is_null(), "a question takes no step");
    assert_eq!(described["components"]["schemas"]["Fragment"]["properties"]["html"]["type"], "string");
}
