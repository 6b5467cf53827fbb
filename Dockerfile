# syntax=docker/dockerfile:1
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/KekeStar.Antifraud.Cli -c Release -o /app --locked-mode \
 && mkdir -p /data

# Chiselled: no shell, no package manager; runs as the non-root user "app" (1654) that the image brings.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
WORKDIR /app
COPY --from=build /app .
COPY --from=build --chown=1654:1654 /data /data
USER 1654

# Diagnostics (dumps, profilers, debuggers) can read raw identifiers out of the process; they are off.
ENV DOTNET_EnableDiagnostics=0 \
    Antifraud__Store__Embedded__DataDirectory=/data/windows \
    Antifraud__Audit__Directory=/data/audit \
    Antifraud__Dashboard__Directory=/data/dashboard
VOLUME /data
EXPOSE 5080 5081 5082
ENTRYPOINT ["dotnet", "antifraud.dll"]
CMD ["serve"]
