using Microsoft.AspNetCore.Builder;

namespace KekeStar.Antifraud.Cli.Serving;

/// <summary>Builds the service, ready to be run.</summary>
/// <param name="configuration">Arguments such as "--Antifraud:Store:Kind=redis".</param>
internal delegate Task<WebApplication> ServiceBuilder(params string[] configuration);
