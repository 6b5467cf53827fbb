using KekeStar.Antifraud.Dashboard.Access;

namespace KekeStar.Antifraud.Dashboard.SignIn;

/// <summary>An account of the dashboard's own.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Hash">The password's hash in ASP.NET Core's format.</param>
/// <param name="Roles">What its holder may be.</param>
/// <param name="MustChange">True: the password was given by somebody else and must be changed first.</param>
/// <param name="IsDisabled">True: it cannot sign in.</param>
/// <param name="ChangedAt">When it was last changed.</param>
internal sealed record LocalAccount(string Name, string Hash, Roles Roles, bool MustChange, bool IsDisabled, DateTimeOffset ChangedAt);
