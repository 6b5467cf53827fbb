using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace KekeStar.Antifraud.Service.Listening;

/// <summary>Who is behind a call.</summary>
internal static class CallerIdentity
{
    /// <summary>The caller's name for the audit log, see <see cref="CallerRoles.NameOf"/>.</summary>
    public static string Of(ServerCallContext context)
    {
        var http = context.GetHttpContext();
        return http.RequestServices.GetRequiredService<CallerRoles>().NameOf(http);
    }
}
