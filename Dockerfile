# syntax=docker/dockerfile:1
# Versions are fixed here and in packages.lock.json. For a build that can be repeated to the byte give digests:
#   docker build --build-arg SDK_IMAGE=mcr.microsoft.com/dotnet/sdk@sha256:… --build-arg RUNTIME_IMAGE=…@sha256:… .
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0.401-noble
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/aspnet:10.0.12-noble-chiseled

FROM ${SDK_IMAGE} AS build
WORKDIR /source
COPY . .
RUN dotnet restore src/KekeStar.Antifraud.Cli --locked-mode \
 && dotnet publish src/KekeStar.Antifraud.Cli -c Release --no-restore -o /app \
 && mkdir -p /data

# Chiselled: no shell, no package manager; runs as the non-root user "app" (1654) that the image brings. Nothing is written
# but /data and /tmp, so the root file system may be read-only.
FROM ${RUNTIME_IMAGE}
WORKDIR /app
COPY --from=build /app .
COPY --from=build --chown=1654:1654 /data /data
USER 1654

# Diagnostics (dumps, profilers, debuggers) can read raw identifiers out of the process; they are off.
ENV DOTNET_EnableDiagnostics=0 \
    Antifraud__Store__Embedded__DataDirectory=/data/windows \
    Antifraud__Audit__Directory=/data/audit \
    Antifraud__Dashboard__Directory=/data/dashboard \
    Antifraud__Policy__Directory=/data/policy
VOLUME /data
EXPOSE 5080 5081 5082
ENTRYPOINT ["dotnet", "antifraud.dll"]
CMD ["serve"]

# No HEALTHCHECK here: how the service may be asked depends on its certificates. "antifraud health" asks without a shell;
# ops/compose/compose.yaml and ops/kubernetes/statefulset.yaml show how.
