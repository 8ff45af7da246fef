# demarche in an image with nothing else: docker build -t demarche . && docker run --rm -i demarche read - < page.html
FROM rust:1.95-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends python3 python3-pip && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN cargo build --release --locked && strip target/release/demarche

FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /src/target/release/demarche /usr/local/bin/demarche
COPY --from=build /src/LICENSE /src/THIRD_PARTY.md /usr/share/doc/demarche/
WORKDIR /data
ENTRYPOINT ["/usr/local/bin/demarche"]
