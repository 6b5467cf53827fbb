using KekeStar.Antifraud.Dashboard.Access;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace KekeStar.Antifraud.Dashboard.Sessions;

/// <summary>
/// Ties an open page to its session: once the session has ended, whatever the browser still sends is not carried out. The page
/// itself learns of it from <see cref="SessionState"/> and goes to the sign-in.
/// </summary>
/// <param name="sessions">The sessions.</param>
/// <param name="state">Who opened the page.</param>
internal sealed class SessionCircuit(SessionBook sessions, AuthenticationStateProvider state) : CircuitHandler
{
    private string? _handle;

    /// <inheritdoc/>
    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken) =>
        _handle = (await state.GetAuthenticationStateAsync()).User.SessionOf();

    /// <inheritdoc/>
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) =>
        context => sessions.IsAlive(_handle) ? next(context) : Task.CompletedTask;
}
