//! So many at once for each, and no more: a place is given back when whoever holds it is done.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, PoisonError},
};

#[derive(Clone)]
pub struct Places<K: Hash + Eq + Clone> {
    most: usize,
    held: Arc<Mutex<HashMap<K, usize>>>,
}

/// One of them, until it is dropped.
pub struct Place<K: Hash + Eq + Clone>(Places<K>, K);

impl<K: Hash + Eq + Clone> Places<K> {
    pub fn new(most: usize) -> Self {
        Self { most, held: Arc::default() }
    }

    pub fn take(&self, key: K) -> Option<Place<K>> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let count = held.entry(key.clone()).or_default();
        (*count < self.most).then(|| {
            *count += 1;
            Place(self.clone(), key)
        })
    }
}

impl<K: Hash + Eq + Clone> Drop for Place<K> {
    fn drop(&mut self) {
        let mut held = self.0.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = held.get_mut(&self.1) {
            *count -= 1;
            if *count == 0 {
                held.remove(&self.1);
            }
        }
    }
}
