{{/* Names and labels that every object has. */}}
{{- define "pg-gateway.labels" -}}
app.kubernetes.io/name: pg-gateway
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{/* What selects the pods of one part: (dict "root" . "part" "api") */}}
{{- define "pg-gateway.selector" -}}
app.kubernetes.io/name: pg-gateway
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .part }}
{{- end }}

{{- define "pg-gateway.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ required "image.tag or image.digest: name the version to roll out" .Values.image.tag }}
{{- end -}}
{{- end }}

{{- define "pg-gateway.podSecurity" -}}
runAsNonRoot: true
runAsUser: 1000
runAsGroup: 1000
fsGroup: 1000
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "pg-gateway.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}

{{/* One part on as many nodes and zones as there are. */}}
{{- define "pg-gateway.spread" -}}
{{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
- maxSkew: 1
  topologyKey: {{ . }}
  whenUnsatisfiable: ScheduleAnyway
  labelSelector:
    matchLabels:
      {{- include "pg-gateway.selector" $ | nindent 6 }}
{{- end }}
{{- end }}

{{- define "pg-gateway.settings" -}}
{{- if lt (mul (int .Values.shutdown.graceSeconds) 1000) (add (int .Values.shutdown.drainMs) 85000) }}
{{- fail "shutdown.graceSeconds is too short: drainMs, 80 s for requests under way, and 5 s to close" }}
{{- end -}}
- name: APP_ENV
  value: {{ .Values.environment | quote }}
- name: HOST
  value: 0.0.0.0
- name: METRICS_HOST
  value: 0.0.0.0
- name: SHUTDOWN_DRAIN_MS
  value: {{ .Values.shutdown.drainMs | quote }}
{{- range $name, $value := .Values.settings }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end }}

{{/* The authorities of the database's certificate: …?tls=/etc/pg-gateway/database/ca.pem */}}
{{- define "pg-gateway.authoritiesMount" -}}
{{- if .Values.databaseAuthorities }}
- { name: database-authorities, mountPath: /etc/pg-gateway/database, readOnly: true }
{{- end }}
{{- end }}

{{- define "pg-gateway.authoritiesVolume" -}}
{{- if .Values.databaseAuthorities }}
- name: database-authorities
  configMap:
    name: {{ .Values.databaseAuthorities }}
    items:
      - { key: ca.pem, path: ca.pem }
{{- end }}
{{- end }}
