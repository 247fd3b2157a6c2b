namespace LifetimeMonitor.Naming;

/// <summary>Field names as the programmer wrote them.</summary>
internal static class FieldNames
{
    private const string BackingField = ">k__BackingField";

    /// <summary>The property's name for the field behind an auto-property, the field's own otherwise.</summary>
    public static string Of(string name) =>
        name.StartsWith('<') && name.EndsWith(BackingField, StringComparison.Ordinal) ? name[1..^BackingField.Length] : name;
}
