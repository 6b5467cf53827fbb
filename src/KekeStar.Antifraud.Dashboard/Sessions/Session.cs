using Microsoft.AspNetCore.Authentication;

namespace KekeStar.Antifraud.Dashboard.Sessions;

/// <summary>One signed-in browser.</summary>
/// <param name="Handle">Names the session within the service; no secret.</param>
/// <param name="Ticket">Who is signed in.</param>
/// <param name="StartedAt">When the person signed in.</param>
internal sealed record Session(string Handle, AuthenticationTicket Ticket, DateTimeOffset StartedAt)
{
    private long _touchedTicks = StartedAt.UtcTicks;

    /// <summary>When somebody last did something.</summary>
    public DateTimeOffset TouchedAt => new(Interlocked.Read(ref _touchedTicks), TimeSpan.Zero);

    /// <summary>Somebody did something.</summary>
    public void Touch(DateTimeOffset now) => Interlocked.Exchange(ref _touchedTicks, now.UtcTicks);
}
