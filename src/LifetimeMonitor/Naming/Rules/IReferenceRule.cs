namespace LifetimeMonitoring.Naming.Rules;

/// <summary>Names some references by other words than their fields.</summary>
internal interface IReferenceRule
{
    /// <summary>
    /// The words for the references that begin at an object of the path, or null when the rule does not apply.
    /// </summary>
    ReferenceWords? Name(PathCursor path, int at);
}
