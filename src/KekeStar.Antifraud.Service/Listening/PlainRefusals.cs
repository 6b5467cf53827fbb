using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;

namespace KekeStar.Antifraud.Service.Listening;

/// <summary>
/// Answers who may not do what he asks with 403, gRPC's PERMISSION_DENIED. ASP.NET Core leaves that to an authentication
/// scheme, and callers with certificates have none.
/// </summary>
internal sealed class PlainRefusals : IAuthorizationMiddlewareResultHandler
{
    /// <inheritdoc />
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
