//! People's names.

use crate::place::{Place, id};

pub async fn a_name_is_remembered_replaced_and_forgotten(place: Place) {
    let store = place.open().await;
    assert_eq!(store.recall_all().await.unwrap(), []);
    store.remember(id(2), r#"{"ar":"مريم"}"#).await.unwrap();
    store.remember(id(1), r#"{"ar":"سالم"}"#).await.unwrap();
    store.remember(id(2), r#"{"ar":"مريم","en":"Maryam"}"#).await.unwrap();
    let both = [(id(1), r#"{"ar":"سالم"}"#.to_owned()), (id(2), r#"{"ar":"مريم","en":"Maryam"}"#.to_owned())];
    assert_eq!(store.recall_all().await.unwrap(), both);

    store.forget(id(1)).await.unwrap();
    store.forget(id(1)).await.unwrap();
    assert_eq!(store.recall_all().await.unwrap(), both[1..]);
}
