#![no_main]
//! Any bytes as a message, as the body of one, or as what Outlook packs.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    jianyan_fuzz::letters::read(bytes);
});
