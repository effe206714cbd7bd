# syntax=docker/dockerfile:1

# --- build: the same compiler as rust-toolchain.toml names --------------------------------------------------------
FROM rust:1.95-bookworm AS build
# Set FEATURES=postgres-tls to reach a PostgreSQL over TLS; that needs OpenSSL in both stages. Otherwise libpq and SQLite
# are compiled in from source and a C compiler, which this image has, is enough.
ARG FEATURES=
RUN if [ -n "$FEATURES" ]; then \
        apt-get update && apt-get install -y --no-install-recommends libssl-dev pkg-config && rm -rf /var/lib/apt/lists/*; \
    fi
WORKDIR /src
COPY . .
# The binary carries its templates, migrations, styles and sample data: it is the only thing that leaves this stage.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --release --locked --bin jianyan --features "$FEATURES" \
    && install -D -m 0755 target/release/jianyan /out/jianyan

# --- run ----------------------------------------------------------------------------------------------------------
FROM debian:bookworm-slim
ARG FEATURES=
# The certificates are for the mail server's.
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates ${FEATURES:+libssl3} && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 10001 jianyan \
    && useradd --system --uid 10001 --gid jianyan --home-dir /var/lib/jianyan --shell /usr/sbin/nologin jianyan \
    && install -d -o jianyan -g jianyan -m 0700 /var/lib/jianyan
COPY --from=build /out/jianyan /usr/local/bin/jianyan

USER 10001:10001
WORKDIR /var/lib/jianyan
# Addresses and places only. The site key is made in the data folder on the first start unless JIANYAN_SITE_KEY_FILE names one.
ENV JIANYAN_LISTEN=0.0.0.0:8080 \
    JIANYAN_DATA_DIR=/var/lib/jianyan \
    JIANYAN_DATABASE_URL=sqlite:/var/lib/jianyan/jianyan.db
VOLUME ["/var/lib/jianyan"]
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
    CMD ["jianyan", "health", "--url", "http://127.0.0.1:8080/healthz"]
ENTRYPOINT ["jianyan"]
CMD ["serve"]
