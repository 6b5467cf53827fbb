using Grpc.Core;

namespace KekeStar.Antifraud.Cli.Connecting;

/// <summary>What a failed call means to the user.</summary>
internal static class RpcOutcome
{
    /// <summary>The exit code: a request that the service refuses is bad input, all else is the service's failure.</summary>
    public static int ExitCodeOf(StatusCode code) => code switch
    {
        StatusCode.OK => ExitCode.Answered,
        StatusCode.InvalidArgument or StatusCode.NotFound or StatusCode.OutOfRange => ExitCode.BadInput,
        _ => ExitCode.ServiceFailed,
    };

    /// <summary>One line for people. The service's messages hold no value of a request.</summary>
    public static string Describe(RpcException failure) => failure.StatusCode switch
    {
        // The client library keeps the exception of a connection that failed; what the service itself answers has none.
        StatusCode.Unavailable when failure.Status.DebugException is null => $"The service cannot do it now: {failure.Status.Detail}",
        StatusCode.Unavailable => $"The service cannot be reached: {failure.Status.Detail} Is it running, and is --address right?",
        StatusCode.DeadlineExceeded => "The service did not answer within --deadline.",
        StatusCode.Unauthenticated => "The service wants to know who calls: give --token-file, or --cert and --key.",
        StatusCode.PermissionDenied => $"This caller may not do that: {failure.Status.Detail}",
        StatusCode.Unimplemented => "What answers at --address does not know this call; is it this service, in this version?",
        _ => $"The service answered {failure.StatusCode}: {failure.Status.Detail}",
    };
}
