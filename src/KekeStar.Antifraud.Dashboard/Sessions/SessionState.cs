using KekeStar.Antifraud.Dashboard.Access;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Dashboard.Sessions;

/// <summary>Tells an open page that its session has ended, within <see cref="Interval"/>.</summary>
/// <param name="sessions">The sessions.</param>
/// <param name="logging">For the base class.</param>
internal sealed class SessionState(SessionBook sessions, ILoggerFactory logging) : RevalidatingServerAuthenticationStateProvider(logging)
{
    /// <summary>Between two looks: 5 s. What a page asks for is refused at once, see <see cref="SessionCircuit"/>.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override TimeSpan RevalidationInterval => Interval;

    /// <inheritdoc/>
    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        Task.FromResult(sessions.IsAlive(authenticationState.User.SessionOf()));
}
