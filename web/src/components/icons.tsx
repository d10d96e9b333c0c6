/** Icons that only accompany words: screen readers pass over them. */

import {
  ArrowLeftOutlined as ArrowLeft,
  CalendarOutlined as Calendar,
  CheckCircleOutlined as CheckCircle,
  CloseOutlined as Close,
  CopyOutlined as Copy,
  DeleteOutlined as Delete,
  DislikeOutlined as Dislike,
  DownOutlined as Down,
  DownloadOutlined as Download,
  EditOutlined as Edit,
  EllipsisOutlined as Ellipsis,
  FileTextOutlined as FileText,
  InfoCircleOutlined as InfoCircle,
  LeftOutlined as Left,
  LikeOutlined as Like,
  LinkOutlined as Link,
  LoadingOutlined as Loading,
  MenuOutlined as Menu,
  MoonOutlined as Moon,
  PauseCircleOutlined as PauseCircle,
  PlusOutlined as Plus,
  PrinterOutlined as Printer,
  RightOutlined as Right,
  SearchOutlined as Search,
  SunOutlined as Sun,
  UploadOutlined as Upload,
  UserOutlined as User,
  WarningOutlined as Warning,
} from '@ant-design/icons'
import type { ComponentType } from 'react'

function silent(Icon: ComponentType<{ 'aria-hidden': true }>) {
  return function SilentIcon() {
    return <Icon aria-hidden />
  }
}

export const ArrowLeftOutlined = silent(ArrowLeft)
export const CalendarOutlined = silent(Calendar)
export const CheckCircleOutlined = silent(CheckCircle)
export const CloseOutlined = silent(Close)
export const CopyOutlined = silent(Copy)
export const DeleteOutlined = silent(Delete)
export const DislikeOutlined = silent(Dislike)
export const DownOutlined = silent(Down)
export const DownloadOutlined = silent(Download)
export const EditOutlined = silent(Edit)
export const EllipsisOutlined = silent(Ellipsis)
export const FileTextOutlined = silent(FileText)
export const InfoCircleOutlined = silent(InfoCircle)
export const LeftOutlined = silent(Left)
export const LikeOutlined = silent(Like)
export const LinkOutlined = silent(Link)
export const LoadingOutlined = silent(Loading)
export const MenuOutlined = silent(Menu)
export const MoonOutlined = silent(Moon)
export const PauseCircleOutlined = silent(PauseCircle)
export const PlusOutlined = silent(Plus)
export const PrinterOutlined = silent(Printer)
export const RightOutlined = silent(Right)
export const SearchOutlined = silent(Search)
export const SunOutlined = silent(Sun)
export const UploadOutlined = silent(Upload)
export const UserOutlined = silent(User)
export const WarningOutlined = silent(Warning)
