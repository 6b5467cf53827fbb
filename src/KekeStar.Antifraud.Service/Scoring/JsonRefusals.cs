using KekeStar.Antifraud.Intake;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace KekeStar.Antifraud.Service.Scoring;

/// <summary>
/// Answers JSON that cannot be read with a text of its own: the transcoder's repeats the value that it could not
/// convert, which may be an identifier.
/// </summary>
internal static class JsonRefusals
{
    private const string Paths = "/v1";

    // In the form of google.rpc.Status, as the transcoder gives all other errors; 3 is INVALID_ARGUMENT.
    private static readonly byte[] Answer = System.Text.Encoding.UTF8.GetBytes(
        "{\"code\":3,\"message\":\"The body is not the JSON of this method's request (proto3 JSON mapping of the proto files), "
        + $"or has more than {IntakeLimits.MaxBatchBytes} bytes.\",\"details\":[]}}");

    /// <summary>Puts the answer between the transcoder and its callers.</summary>
    public static void UseJsonRefusals(this WebApplication application) => application.UseWhen(
        static context => context.Request.Path.StartsWithSegments(Paths, StringComparison.Ordinal),
        static branch => branch.Use(RefuseAsync));

    private static async Task RefuseAsync(HttpContext context, RequestDelegate next)
    {
        var body = context.Response.Body;
        using var written = new MemoryStream();
        context.Response.Body = written;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = body;
        }

        // Without a body it is the answer of routing or of caller authentication, which read nothing.
        if (context.Response.StatusCode >= StatusCodes.Status400BadRequest && written.Length > 0 && !context.Items.ContainsKey(JsonReached.Mark))
        {
            context.Response.ContentLength = Answer.Length;
            await body.WriteAsync(Answer, context.RequestAborted);
            return;
        }

        written.Position = 0;
        await written.CopyToAsync(body, context.RequestAborted);
    }
}
