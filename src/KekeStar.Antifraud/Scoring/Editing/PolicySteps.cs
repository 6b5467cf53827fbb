using KekeStar.Antifraud.Audit;

namespace KekeStar.Antifraud.Scoring.Editing;

/// <summary>Makes steps one at a time over all instances that share the folder: in the audit log before they are made, and on disk before they count.</summary>
internal sealed class PolicySteps
{
    private const string Purpose = "policy";

    private readonly string _folder;
    private readonly AuditLog _audit;
    private readonly TimeProvider _time;

    /// <summary>Makes steps in a folder.</summary>
    /// <param name="folder">The folder; empty: there is none, and no step is made.</param>
    /// <param name="audit">Takes a line for each.</param>
    /// <param name="time">The clock.</param>
    public PolicySteps(string folder, AuditLog audit, TimeProvider time)
    {
        _folder = folder;
        _audit = audit;
        _time = time;
    }

    /// <summary>Makes a change while nobody else makes one.</summary>
    /// <returns>What came of it; <see cref="PolicyEdit.NotWritten"/> if the folder does not take it.</returns>
    public async Task<PolicyStep> ChangeAsync(Func<Task<PolicyStep>> change)
    {
        if (_folder.Length == 0)
        {
            return new PolicyStep(PolicyEdit.Managed, null);
        }

        try
        {
            using var held = await PolicyFolder.TakeAsync(_folder);
            return await change();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return new PolicyStep(PolicyEdit.NotWritten, null);
        }
    }

    /// <summary>Makes a step of a draft, if it is still as somebody saw it.</summary>
    /// <param name="person">Who makes it.</param>
    /// <param name="seen">The draft as that person saw it.</param>
    /// <param name="action">What the audit log calls it.</param>
    /// <param name="change">Which change of a draft it is; empty: none.</param>
    /// <param name="step">Gives the draft as it is to be, or why not.</param>
    public Task<PolicyStep> StepAsync(string person, PolicyDraft seen, AuditAction action, string change, Func<PolicyDraft, PolicyStep> step) => ChangeAsync(async () =>
    {
        var (edit, draft) = Current(seen);
        if (draft is null)
        {
            return new PolicyStep(edit, null);
        }

        var taken = step(draft);
        return taken.Draft is null
            ? taken
            : await WriteAsync(person, taken.Draft with { Revision = draft.Revision + 1, ChangedAt = _time.GetUtcNow() }, action, change);
    });

    /// <summary>The draft as it is now, if it is still as somebody saw it; else why not. For use within <see cref="ChangeAsync"/>.</summary>
    public (PolicyEdit Edit, PolicyDraft? Draft) Current(PolicyDraft seen)
    {
        var draft = PolicyFolder.FindDraft(_folder, seen.Id);
        return draft is null ? (PolicyEdit.NotFound, null) : draft.Revision != seen.Revision ? (PolicyEdit.Changed, null) : (PolicyEdit.Done, draft);
    }

    /// <summary>Writes a draft. For use within <see cref="ChangeAsync"/>.</summary>
    public async Task<PolicyStep> WriteAsync(string person, PolicyDraft draft, AuditAction action, string change)
    {
        if (!await NoteAsync(person, action, draft, change))
        {
            return new PolicyStep(PolicyEdit.NotWritten, null);
        }

        PolicyFolder.Write(_folder, draft);
        return new PolicyStep(PolicyEdit.Done, draft);
    }

    /// <summary>Writes a step of a draft into the audit log.</summary>
    /// <returns>False if the log does not take it; then the step is not made.</returns>
    public Task<bool> NoteAsync(string person, AuditAction action, PolicyDraft draft, string change)
    {
        var details = new AuditDetails().Add("draft", draft.Id).Add("hash", draft.Sha256);
        if (change.Length > 0)
        {
            details.Add("change", change);
        }

        return NoteAsync(person, action, details);
    }

    /// <summary>Writes a step into the audit log.</summary>
    /// <returns>False if the log does not take it; then the step is not made.</returns>
    public async Task<bool> NoteAsync(string person, AuditAction action, AuditDetails details) => await _audit.AppendAsync(
        new AuditEntry { Action = action, Caller = person, Purpose = Purpose, Details = details }, CancellationToken.None) is not null;
}
