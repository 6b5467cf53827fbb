using System.Globalization;
using System.Net;
using KekeStar.Antifraud.UnprotectedServer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

// Argument: port. What a service is without any of our measures, so that the search has something to find: generated
// messages, Kestrel's own memory, everything kept. Ends when killed.
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
    IPAddress.Loopback, int.Parse(args[0], CultureInfo.InvariantCulture), static listen => listen.Protocols = HttpProtocols.Http2));
builder.Services.AddGrpc();
builder.Services.AddSingleton<KeepingService>();
await using var application = builder.Build();
application.MapGrpcService<KeepingService>();
await application.RunAsync();
