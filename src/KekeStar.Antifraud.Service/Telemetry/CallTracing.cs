using System.Diagnostics;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace KekeStar.Antifraud.Service.Telemetry;

/// <summary>
/// A span for each unary call of the contract that is sampled. ASP.NET Core's own spans hold paths, addresses and whatever the
/// caller named his program, and cost every call an activity; these hold the method, the status and what was decided.
/// </summary>
/// <param name="share">Share of the calls without a <c>traceparent</c> that get a span, 0 to 1.</param>
/// <remarks>Wraps endpoints at start, and only where calls are traced, so that a service without traces has nothing of it on its way.</remarks>
internal sealed class CallTracing(double share)
{
    /// <summary>Name of the source of the spans.</summary>
    public const string SourceName = "KekeStar.Antifraud";

    private const string TraceParent = "traceparent";
    private const string GrpcStatus = "grpc-status";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>True if the call at hand has a span.</summary>
    public static bool HasSpan => Activity.Current is { } activity && activity.Source == Source;

    /// <summary>Traces the calls of an endpoint, if it is a unary gRPC method. A stream lasts for days, and so would its span.</summary>
    public void Wrap(EndpointBuilder endpoint)
    {
        var method = endpoint.Metadata.OfType<GrpcMethodMetadata>().FirstOrDefault()?.Method;
        if (method is not { Type: MethodType.Unary })
        {
            return;
        }

        // OpenTelemetry's semantic conventions for RPC: the span is named "package.Service/Method".
        var name = $"{method.ServiceName}/{method.Name}";
        KeyValuePair<string, object?>[] tags = [new("rpc.system", "grpc"), new("rpc.service", method.ServiceName), new("rpc.method", method.Name)];
        var next = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = http =>
        {
            // Decided here and not by a sampler, for which an activity would have to be made for every call.
            var parent = ParentOf(http);
            var isSampled = parent == default ? Random.Shared.NextDouble() < share : (parent.TraceFlags & ActivityTraceFlags.Recorded) != 0;
            return isSampled && Source.CreateActivity(name, ActivityKind.Server, parent, tags) is { } activity
                ? RunAsync(next, http, activity)
                : next(http);
        };
    }

    /// <summary>Adds what was decided to the span of the call at hand, if it has one.</summary>
    public static void Tag(ScoringCall call)
    {
        if (!HasSpan)
        {
            return;
        }

        var activity = Activity.Current!;
        activity.SetTag("antifraud.scene", call.Event.Scene.ToString());
        activity.SetTag("antifraud.verdict", call.Decision.Verdict.ToString());
        activity.SetTag("antifraud.score", call.Decision.Rules.Score);
        activity.SetTag("antifraud.store.status", call.Decision.Store.ToString());
    }

    // Without tracestate and baggage: a caller could put anything there, and it would be passed on.
    private static ActivityContext ParentOf(HttpContext http) =>
        ActivityContext.TryParse(http.Request.Headers[TraceParent], traceState: null, isRemote: true, out var parent) ? parent : default;

    private static async Task RunAsync(RequestDelegate next, HttpContext http, Activity activity)
    {
        // Started here, so that it is the current one for this call alone.
        using (activity.Start())
        {
            try
            {
                await next(http);
            }
            finally
            {
                Close(http, activity);
            }
        }
    }

    private static void Close(HttpContext http, Activity activity)
    {
        var trailers = http.Features.Get<IHttpResponseTrailersFeature>()?.Trailers;
        if ((trailers is not null && trailers.TryGetValue(GrpcStatus, out var text)) || http.Response.Headers.TryGetValue(GrpcStatus, out text))
        {
            if (int.TryParse(text.ToString(), System.Globalization.CultureInfo.InvariantCulture, out var status))
            {
                activity.SetTag("rpc.grpc.status_code", status);
                activity.SetStatus(IsFault((StatusCode)status) ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
            }

            return;
        }

        // The caller went away, or the call ended before it was one of gRPC (401, 403).
        activity.SetTag("http.response.status_code", http.Response.StatusCode);
    }

    // OpenTelemetry's semantic conventions for gRPC: what the server is to blame for.
    private static bool IsFault(StatusCode status) => status is StatusCode.Unknown or StatusCode.DeadlineExceeded
        or StatusCode.Unimplemented or StatusCode.Internal or StatusCode.Unavailable or StatusCode.DataLoss;
}
